import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { defaultMuster, type Muster } from '../../../src/config/muster-yaml.ts';
import { type Command, isRefusal } from '../../../src/incident/commands.ts';
import { decide } from '../../../src/incident/decide.ts';
import { evolve } from '../../../src/incident/evolve.ts';
import type { Incident } from '../../../src/incident/state.ts';
import { incidentName } from '../../../src/incident/state.ts';
import type { PinnedRunbook } from '../../../src/incident/steps.ts';
import type { Alert, Severity } from '../../../src/incident/words.ts';
import { createBreaker } from '../../../src/kit/breaker.ts';
import { silent } from '../../../src/kit/log.ts';
import { createOutbound } from '../../../src/kit/outbound.ts';
import { type SlackServer, startSlackSandbox } from '../../../src/sandbox/slack/server.ts';
import type { Message } from '../../../src/sandbox/slack/world.ts';
import { createSlackCall } from '../../../src/slack/client.ts';
import type { InboundDeps, ListedProblem } from '../../../src/slack/inbound/inbound-deps.ts';
import { createSlackInbound, type SlackInbound } from '../../../src/slack/inbound/slack-inbound.ts';
import { createSchedule } from '../../../src/slack/schedule.ts';
import { manifest } from '../../sandbox/slack/workspace.ts';

/** Who is in the workspace. Minji reads Korean by muster.yaml; Ari is not in muster.yaml at all. */
export const people = [
  { id: 'U0MINJI', name: 'minji', realName: 'Kim Minji' },
  { id: 'U0JUN', name: 'jun', realName: 'Lee Jun' },
  { id: 'U0SORA', name: 'sora', realName: 'Park Sora' },
  { id: 'U0ARI', name: 'ari', realName: 'Ari Kim', locale: 'ko-KR' },
  { id: 'U0GUEST', name: 'guest', kind: 'guest' as const },
];

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
const treatments = { P1: channel, P2: channel, P3: channel, P4: { page: false, channel: false } };

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
    const opening = { ...declared, key: `manual-${id}`, grouping: 'declared', treatments, roles: [] };
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
      rule: 'label-severity',
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
    approvers: { roles: ['ic', 'ops'], people: [] },
    location: null,
    timeoutMs: 1000,
  })),
};

/** How requests reach Muster. */
export type Mode = 'http' | 'socket';

/** A Slack workspace, Muster's doors and the incidents behind them. */
export type Workspace = Awaited<ReturnType<typeof startWorkspace>>;

/** Starts everything on free ports of 127.0.0.1. `deps` replaces single parts. */
export async function startWorkspace(mode: Mode, deps: Partial<InboundDeps> = {}) {
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const slack: SlackServer = await startSlackSandbox({ people, manifest, limits: 'off', now });
  const memory = createMemory(now);
  const { app } = slack;
  const ids = new Set<string>();
  const problems: ListedProblem[] = [];
  const channels = new Map<string, number>();
  const all: InboundDeps = {
    now,
    log: silent,
    app: {
      botToken: app.botToken,
      botId: app.botId,
      botUserId: app.botUser,
      teamId: slack.world.team.id,
    },
    call: createSlackCall(
      { token: app.botToken, apiUrl: slack.apiUrl },
      { schedule: createSchedule(), breaker: createBreaker() },
    ),
    outbound: createOutbound({ allowPrivate: true }),
    seen: async (id) => ids.size === ids.add(id).size,
    handle: memory.handle,
    declare: memory.declare,
    load: async (id) => memory.incidents.get(id) ?? null,
    findByChannel: async (id) => channels.get(id) ?? null,
    findByKey: async (key) =>
      [...memory.incidents.values()].find(({ state }) => state.key === key)?.id ?? null,
    openIncidents: async () =>
      [...memory.incidents.values()].filter(({ state }) => state.status.is !== 'resolved'),
    listedProblems: async () => problems,
    quietSince: async () => null,
    runbooks: {
      list: () => [{ name: failover.name, title: failover.title }],
      pin: async (name) => (name === failover.name ? failover : null),
    },
    treatments,
    muster: configured(),
    ...deps,
  };
  const web = express();
  const server: Server = createServer(web);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.setRequestUrl(url);
  const { signingSecret, appToken } = app;
  const inbound: SlackInbound = createSlackInbound(
    all,
    mode === 'http' ? { mode, web, signingSecret } : { mode, appToken, slackApiUrl: slack.apiUrl },
  );
  await inbound.start();
  if (mode === 'socket') await slack.until('a socket', () => slack.socket.connections() > 0);

  const general = [...slack.world.channels.values()].find((one) => one.general)!.id;
  return {
    slack,
    memory,
    deps: all,
    clock,
    url,
    signingSecret,
    problems,
    general,
    /** Opens an incident by alert, with a channel that everybody is in. */
    async incident(title = 'Orders: high error rate', severity: Severity = 'P1') {
      const id = await memory.alerted(title, severity);
      const made = slack.as('U0JUN').createChannel(`${incidentName(id)}-orders`, {
        invite: ['U0MINJI', 'U0SORA', 'U0ARI', 'U0GUEST', app.botUser],
      });
      channels.set(made.id, id);
      const by = { kind: 'muster' as const, rule: 'slack' };
      await memory.handle(id, { type: 'RecordChannel', at: now(), by, channel: made.id, name: made.name });
      return { id, channel: made.id };
    },
    /** What this person was told privately in a channel so far, newest last. */
    told: (user: string, channel: string): Message[] =>
      slack.world.channels.get(channel)!.ephemerals.filter((message) => message.onlyFor === user),
    /** Waits for a new private answer to `act`. */
    async answer(user: string, channel: string, act: () => Promise<unknown> | unknown): Promise<Message> {
      const told = () => this.told(user, channel);
      const before = told().map(shape).join();
      await act();
      return slack.until(`an answer to ${user}`, () =>
        told().map(shape).join() === before ? undefined : told().at(-1),
      );
    },
    /** Waits for the filled modal in front of a person. */
    async modal(user: string) {
      return slack.until(`a filled form for ${user}`, () =>
        [...slack.world.views.values()].findLast(
          (view) => view.open && view.user === user && view.updates > 0,
        ),
      );
    },
    async stop() {
      await inbound.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await slack.close();
    },
  };
}

const shape = ({ ts, edits }: Message) => `${ts}/${edits}`;
