import { expect, test } from 'vitest';
import type { AlertGroup } from '../../src/alerts/group.ts';
import { createReceive } from '../../src/app/receive.ts';
import { defaultMuster } from '../../src/config/muster-yaml.ts';
import { silent } from '../../src/kit/log.ts';
import { alert, t0 } from '../incident/given.ts';

const group = (key: string): AlertGroup => ({
  key,
  grouping: 'alertmanager-group: alertname',
  title: key,
  service: 'orders',
  severity: 'P1',
  rule: 'label-severity-critical',
  firing: [alert(key)],
  resolved: [],
  truncated: 0,
  receiver: 'muster',
  externalUrl: '',
  digest: key,
});

function start(faults: { ingest?: string; durable?: true }) {
  const paged: string[] = [];
  const receive = createReceive({
    muster: defaultMuster(),
    proposeRoles: () => [],
    ingest: async ({ command }) => {
      if (command.opening.key === faults.ingest) throw new Error('OOM');
      return { received: 'opened', id: 1 };
    },
    durable: async () => {
      if (faults.durable) throw new Error('no replica has it');
    },
    pageDirectly: async ({ key }) => void paged.push(key),
    report: silent,
  });
  return { paged, delivery: receive([group('Down'), group('Slow')], t0) };
}

test('takes what was kept durably, and pages nobody around the log', async () => {
  const { paged, delivery } = start({});
  await expect(delivery).resolves.toBeUndefined();
  expect(paged).toEqual([]);
});

test('pages directly the P1s that could not be written, and refuses the delivery', async () => {
  const { paged, delivery } = start({ ingest: 'Down' });
  await expect(delivery).rejects.toThrow('OOM');
  expect(paged).toEqual(['Down']);
});

test('refuses what no replica has yet, and leaves its pages to the log that has it', async () => {
  const { paged, delivery } = start({ durable: true });
  await expect(delivery).rejects.toThrow('no replica');
  expect(paged).toEqual([]);
});
