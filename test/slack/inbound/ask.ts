import { isRefusal } from '../../../src/incident/commands.ts';
import { silent } from '../../../src/kit/log.ts';
import { takeEvidence } from '../../../src/runbook/evidence/take-evidence.ts';
import type { SlackCall } from '../../../src/slack/client.ts';
import { createDesk } from '../../../src/slack/inbound/desk.ts';
import type { InboundDeps } from '../../../src/slack/inbound/inbound-deps.ts';
import { findVerb } from '../../../src/slack/inbound/registry.ts';
import { configured, createMemory, failover, treatments } from './memory.ts';

const unexpected = (what: string) => () => Promise.reject(new Error(`${what} was not expected here`));

/** A verb at work on incidents in memory, without Slack: `type` runs it as a person, `see` shows the incident. */
export function tryVerbs(deps: Partial<InboundDeps> = {}) {
  const clock = { now: Date.parse('2026-11-21T10:00:00Z') };
  const memory = createMemory(() => clock.now);
  const call = (async (method: string, { user }: { user: string }) => {
    if (method !== 'users.info') throw new Error(`${method} was not expected here`);
    return { user: { team_id: 'T1', name: user.toLowerCase(), is_restricted: user === 'U0GUEST' } };
  }) as unknown as SlackCall;
  const desk = createDesk({
    now: () => clock.now,
    log: silent,
    app: { botToken: '', botId: '', botUserId: '', teamId: 'T1' },
    call,
    outbound: unexpected('A request'),
    redact: (text) => text,
    seen: async () => false,
    handle: memory.handle,
    declare: memory.declare,
    load: async (id) => memory.incidents.get(id) ?? null,
    findByChannel: async () => null,
    findByKey: async () => null,
    openIncidents: async () =>
      [...memory.incidents.values()].filter(({ state }) => state.status.is !== 'resolved'),
    listedProblems: async () => [],
    quietSince: async () => null,
    isSlackFile: () => true,
    takeEvidence: (text, state) => takeEvidence(text, state, (one) => one),
    runbooks: {
      list: () => [{ name: failover.name, title: failover.title }],
      pin: async (name) => (name === failover.name ? failover : null),
    },
    treatments,
    muster: configured(),
    ...deps,
  });
  return {
    clock,
    memory,
    see: (id: number) => memory.of(id).state,
    last: (id: number) => memory.of(id).events.at(-1)!,
    /** What a room of Muster reports. */
    async report(id: number, command: object) {
      const by = { kind: 'muster' as const, rule: 'test' };
      const outcome = await memory.handle(id, { at: clock.now, by, ...command } as never);
      if (isRefusal(outcome)) throw new Error(outcome.refused);
    },
    /** The answer's text; what can't be read from the words gives `undefined`. */
    async type(user: string, text: string, id = 0): Promise<string | undefined> {
      const [name = '', ...words] = text.split(' ');
      const verb = findVerb(name)!;
      const parsed = verb.input.safeParse(verb.inline(words.join(' ')));
      if (!parsed.success) return undefined;
      const ask = await desk.askOf(user);
      const answer =
        verb.of === 'incident'
          ? await verb.run(parsed.data, ask, memory.of(id))
          : await verb.run(parsed.data, ask);
      return answer.text;
    },
  };
}
