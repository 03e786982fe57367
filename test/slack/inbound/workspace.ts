import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { incidentName } from '../../../src/incident/state.ts';
import type { Severity } from '../../../src/incident/words.ts';
import { createBreaker } from '../../../src/kit/breaker.ts';
import { silent } from '../../../src/kit/log.ts';
import { createOutbound } from '../../../src/kit/outbound.ts';
import { takeEvidence } from '../../../src/runbook/evidence/take-evidence.ts';
import { type SlackServer, startSlackSandbox } from '../../../src/sandbox/slack/server.ts';
import type { Message } from '../../../src/sandbox/slack/world.ts';
import { createSlackCall } from '../../../src/slack/client.ts';
import type { InboundDeps, ListedProblem } from '../../../src/slack/inbound/inbound-deps.ts';
import { createSlackInbound, type SlackInbound } from '../../../src/slack/inbound/slack-inbound.ts';
import { createSchedule } from '../../../src/slack/schedule.ts';
import { isSlackFile } from '../../../src/slack/slack-file.ts';
import { manifest } from '../../sandbox/slack/workspace.ts';
import { configured, createMemory, failover, treatments } from './memory.ts';

/** Who is in the workspace. Minji reads Korean by muster.yaml; Ari is not in muster.yaml at all. */
export const people = [
  { id: 'U0MINJI', name: 'minji', realName: 'Kim Minji' },
  { id: 'U0JUN', name: 'jun', realName: 'Lee Jun' },
  { id: 'U0SORA', name: 'sora', realName: 'Park Sora' },
  { id: 'U0ARI', name: 'ari', realName: 'Ari Kim', locale: 'ko-KR' },
  { id: 'U0GUEST', name: 'guest', kind: 'guest' as const },
];

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
    redact: (text) => text,
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
    isSlackFile: isSlackFile(slack.apiUrl),
    takeEvidence: (text, state) => takeEvidence(text, state, (one) => one),
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
    inbound,
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
