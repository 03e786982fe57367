import { defaultMuster, type Muster } from '../../../src/config/muster-yaml.ts';
import { type Command, isRefusal } from '../../../src/incident/commands.ts';
import { decide } from '../../../src/incident/decide.ts';
import { evolve } from '../../../src/incident/evolve.ts';
import type { Incident } from '../../../src/incident/state.ts';
import type { PinnedRunbook } from '../../../src/incident/steps.ts';
import type { Alert, Severity } from '../../../src/incident/words.ts';
import type { InboundDeps } from '../../../src/slack/inbound/inbound-deps.ts';

/** The configuration of the tests. */
export const configured = (): Muster => ({
  ...defaultMuster(),
  people: {
    minji: { name: 'Kim Minji', slack: 'U0MINJI', language: 'ko' },
    jun: { name: 'Lee Jun', slack: 'U0JUN' },
    sora: { name: 'Park Sora', slack: 'U0SORA' },
  },
  services: {
    orders: { name: 'Orders', core_functions: ['payment'], main_functions: ['checkout'], params: {} },
  },
});

const channel = { page: true, channel: true };
/** How the severities of the tests are treated. */
export const treatments = { P1: channel, P2: channel, P3: channel, P4: { page: false, channel: false } };

/** Incidents in memory, changed by the real decide and evolve only. */
export function createMemory(now: () => number) {
  const incidents = new Map<number, Incident>();
  const faults = { next: 0 };
  const handle: InboundDeps['handle'] = async (id, command: Command) => {
    if (faults.next > 0) {
      faults.next -= 1;
      throw new Error('the log is away');
    }
    const before = incidents.get(id) ?? null;
    const decision = decide(command, before?.state ?? null);
    if (isRefusal(decision)) return decision;
    const state = decision.reduce(evolve, before?.state ?? null);
    if (state === null) return { refused: 'no-incident' };
    const log = [...(before?.events ?? []), ...decision];
    const incident = { id, version: log.length, events: log, state };
    incidents.set(id, incident);
    return { incident, events: decision };
  };
  const declare: InboundDeps['declare'] = async ({ by, at, ...declared }) => {
    const id = incidents.size + 1;
    const opening = { ...declared, key: `manual-${id}`, grouping: 'declaration', treatments, roles: [] };
    const outcome = await handle(id, { type: 'Declare', at, by, opening });
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return outcome.incident;
  };
  /** Opens an incident as an alert does, with Jun as the proposed commander. */
  const alerted = async (title: string, severity: Severity = 'P1', service: string | null = 'orders') => {
    const id = incidents.size + 1;
    const opening = {
      key: `key-${id}`,
      title,
      severity,
      rule: 'label-severity-critical',
      grouping: 'alertname,service',
      service,
      language: 'en' as const,
      treatments,
      roles: [{ role: 'ic' as const, person: 'jun', rule: 'primary on call' }],
    };
    const alert: Alert = {
      fingerprint: `f${id}`,
      name: 'HighErrorRate',
      severity,
      labels: {},
      summary: title,
      startsAt: now(),
    };
    const by = { kind: 'alertmanager' as const, receiver: 'muster' };
    await handle(id, {
      type: 'ReceiveAlerts',
      at: now(),
      by,
      opening,
      firing: [alert],
      resolved: [],
      truncated: 0,
      reopenWithinMs: 0,
    });
    return id;
  };
  return { incidents, faults, handle, declare, alerted, of: (id: number) => incidents.get(id)! };
}

/** A runbook with a read, a change that waits for approval, and a step for people. */
export const failover: PinnedRunbook = {
  run: 'redis-sentinel@abc123',
  name: 'redis-sentinel',
  version: 'abc123',
  title: 'Redis with Sentinel',
  url: null,
  recheckMs: 180_000,
  budgetMs: 120_000,
  steps: (
    [
      ['quorum', 'read'],
      ['failover', 'change'],
      ['call-the-vendor', 'manual'],
    ] as const
  ).map(([id, effect]) => ({
    id,
    uses: id,
    title: `Step ${id}`,
    effect,
    input: {},
    target: 'redis',
    preview: effect === 'change' ? 'SENTINEL FAILOVER orders' : null,
    condition: null,
    needs: [],
    check: null,
    approvers: { roles: ['ic', 'ops'], people: [], count: 1 as const },
    location: null,
    timeoutMs: 1000,
  })),
};
