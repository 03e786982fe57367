import { expect, it } from 'vitest';
import { networkCause } from '../../../../src/runbook/systems/net/network-cause.ts';

const coded = (code: string, cause?: Error) => Object.assign(new Error(code, { cause }), { code });

it('finds the reason behind what wraps it, also in one of several tries', () => {
  expect(networkCause(coded('refused', coded('ECONNREFUSED')))).toBe('port-refused');
  expect(networkCause(new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]))).toBe(
    'port-refused',
  );
});

it('says that there is no route where every try says so', () => {
  expect(networkCause(coded('ENETUNREACH'))).toBe('host-unreachable');
});

it('names nothing that it is not sure of', () => {
  expect(networkCause(coded('EPIPE'))).toBeUndefined();
  expect(networkCause('text')).toBeUndefined();
});
