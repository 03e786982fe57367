import { describe, expect, it } from 'vitest';
import { judgeTcp } from '../../../../src/runbook/systems/net/judge-tcp.ts';
import { tcpMessages } from '../../../../src/runbook/systems/net/tcp-messages.ts';
import type { Connection } from '../../../../src/runbook/systems/net/tcp-view.ts';

const judge = (...states: Connection['state'][]) =>
  judgeTcp(
    states.map((state, index) => ({ address: `192.0.2.${index}:443`, state, ms: 3 })),
    'orders:443',
    tcpMessages('en'),
  );

describe('judgeTcp over several addresses', () => {
  it('passes when all are open', () => expect(judge('open', 'open').verdict).toBe('pass'));

  it('warns and names the address that is not', () => {
    expect(judge('open', 'timeout')).toMatchObject({
      verdict: 'warn',
      sentence: expect.stringContaining('192.0.2.1:443 (no answer in time)'),
    });
  });

  it('blames nobody for a route that is missing here, as long as another address is open', () => {
    expect(judge('unreachable', 'open').verdict).toBe('pass');
    expect(judge('unreachable', 'unreachable')).toMatchObject({ verdict: 'fail', cause: 'host-unreachable' });
    expect(judge('unreachable', 'refused')).toMatchObject({ verdict: 'fail', cause: 'port-refused' });
  });

  it('does not guess at what it does not understand', () => {
    const result = judge('broken');
    expect(result.verdict).toBe('unknown');
    expect(result.cause).toBeUndefined();
  });
});
