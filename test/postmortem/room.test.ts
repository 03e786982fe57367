import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { Happened, IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { Incident, Live } from '../../src/incident/state.ts';
import { silent } from '../../src/kit/log.ts';
import { createDraftWriter } from '../../src/postmortem/draft.ts';
import { type PostmortemRoomOptions, postmortemRoom } from '../../src/postmortem/room.ts';
import { context, incidentOf, openedAt, opening } from './incident-example.ts';

const draft = createDraftWriter(new URL('../../templates', import.meta.url).pathname, (text) => text);
const published = {
  number: 7,
  url: 'https://github.example/7',
  branch: 'postmortem/inc-42',
  sha: 'a',
  state: 'open',
  warnings: [],
} as const;

/** Lets the room look after an incident until nothing is left, as the reconciler does; at most 20 passes. */
async function settle(incident: Incident, options: Partial<PostmortemRoomOptions>, now: () => number) {
  const room = postmortemRoom({
    rules: { on: ['P1', 'P2'] },
    draft,
    contextOf: () => context,
    publish: async () => ({ ...published, warnings: [] }),
    read: async () => undefined,
    log: silent,
    ...options,
  });
  const memory: Record<string, string> = {};
  const remember = async (entries: Record<string, string | null>) => void Object.assign(memory, entries);
  const done: string[] = [];
  for (let pass = 0; pass < 20; pass++) {
    const { actions, wakeAt } = room.plan(incident, now(), memory);
    if (actions.length === 0) return { incident, done, wakeAt };
    for (const action of actions) {
      done.push(action.do);
      for (const command of await room.perform(action, incident, {
        now,
        remember,
        signal: AbortSignal.timeout(5000),
      })) {
        const decision = decide(command, incident.state);
        if (isRefusal(decision)) throw new Error(decision.refused);
        const events = decision.map(
          (happened: Happened): IncidentEvent => ({ ...happened, at: command.at, by: command.by }),
        );
        const state = events.reduce(evolve, incident.state as Live | null) as Live;
        incident = { ...incident, events: [...incident.events, ...events], state };
      }
    }
  }
  throw new Error(`never settles: ${done.join(', ')}`);
}

const resolved = () =>
  incidentOf([
    [0, opening()],
    [600, { type: 'Resolved', rule: 'person', reason: null }],
  ]);

describe('the room', () => {
  test('asks, publishes, records, and then waits for the review', async () => {
    const now = () => openedAt + 601_000;
    const { incident, done, wakeAt } = await settle(resolved(), {}, now);
    expect(done).toEqual(['request', 'publish']);
    expect(incident.state.postmortem?.pullRequest).toEqual({
      number: 7,
      url: published.url,
      branch: published.branch,
      sha: 'a',
      state: 'open',
    });
    expect(wakeAt).toBe(now() + 300_000);
  });

  test('publishes once more when the incident ends after the first draft, even if people own the branch by then', async () => {
    const before = await settle(
      incidentOf([
        [0, opening()],
        [10, { type: 'PostmortemRequested', rule: 'person' }],
      ]),
      {},
      () => openedAt + 11_000,
    );
    const ended: IncidentEvent = {
      type: 'Resolved',
      rule: 'person',
      reason: null,
      at: openedAt + 60_000,
      by: { kind: 'person', person: 'minji', via: 'slack' },
    };
    const later = {
      ...before.incident,
      events: [...before.incident.events, ended],
      state: evolve(before.incident.state, ended) as Live,
    };
    const { done, incident } = await settle(later, {}, () => openedAt + 61_000);
    expect(done).toEqual(['publish']);
    expect(incident.events.filter((event) => event.type === 'PullRequestOpened')).toHaveLength(1);
  });

  test('heals lost webhooks by reading', async () => {
    const now = () => openedAt + 601_000;
    const { incident } = await settle(resolved(), {}, now);
    const reading = {
      state: 'merged',
      mergedBy: 'jun-p',
      reviews: [{ by: 'minji-k', kind: 'approved' }],
    } as const;
    const healed = await settle(
      incident,
      { read: async () => ({ ...reading, reviews: [...reading.reviews] }) },
      () => now() + 300_000,
    );
    expect(healed.done).toEqual(['read']);
    expect(healed.incident.state.postmortem?.pullRequest?.state).toBe('merged');
    expect(healed.wakeAt).toBeNull();
  });

  test('adopts a draft that people merged before it was recorded', async () => {
    const { incident } = await settle(
      resolved(),
      { publish: async () => ({ ...published, state: 'merged', warnings: [] }) },
      () => openedAt + 601_000,
    );
    expect(incident.state.postmortem?.pullRequest?.state).toBe('merged');
  });

  test('a clock that is behind the one which resolved the incident does not publish for ever', async () => {
    const before = incidentOf([
      [0, opening()],
      [10, { type: 'PostmortemRequested', rule: 'person' }],
      [11, { type: 'PullRequestOpened', number: 7, url: published.url, branch: published.branch, sha: 'a' }],
      [600, { type: 'Resolved', rule: 'person', reason: null }],
    ]);
    const { done } = await settle(before, {}, () => openedAt + 300_000);
    expect(done.filter((one) => one === 'publish')).toHaveLength(1);
  });

  test('a failure goes to the reconciler and nothing is recorded', async () => {
    const publish = async () => {
      throw new Error('GitHub is down');
    };
    await expect(settle(resolved(), { publish }, () => openedAt + 601_000)).rejects.toThrow('GitHub is down');
  });
});
