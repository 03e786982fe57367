import { beforeAll, expect, test } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { Failure } from '../../src/kit/failure.ts';
import { silent } from '../../src/kit/log.ts';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { visible } from '../../src/sandbox/slack/visible.ts';
import type { SlackCall } from '../../src/slack/client.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { story } from './incidents.ts';
import { atOnce, callOf, reconciling } from './reconciling.ts';

type Disturbed = {
  commands?: readonly Command[];
  timeoutMs?: number;
  /** Called before every call of Slack, numbered from 1. */
  call?: (number: number, slack: SlackServer, what: string) => void;
  /** Called after every write of the room's memory, numbered from 1. */
  remembered?: (number: number) => void;
  /** Called between two commands. */
  between?: (it: ReturnType<typeof reconciling>) => void;
};

/** Plays a story with some disturbance; what people see in the end, and what went on. */
async function played(how: Disturbed = {}) {
  const slack = await startWorkspace();
  try {
    const counted = { calls: 0, remembered: 0 };
    const real = callOf(slack, atOnce, how.timeoutMs);
    const call: SlackCall = (...args) => {
      counted.calls += 1;
      how.call?.(counted.calls, slack, JSON.stringify(args));
      return real(...args);
    };
    const remembered = () => {
      counted.remembered += 1;
      how.remembered?.(counted.remembered);
    };
    const warnings: string[] = [];
    const log = { ...silent, warn: (_data: object, said: string) => void warnings.push(said) };
    const it = reconciling(slack, { call, log }, { remembered });
    for (const command of how.commands ?? story) {
      await it.play([command]);
      how.between?.(it);
    }
    return {
      seen: visible(slack.world),
      ...counted,
      happened: slack.faults.happened,
      failures: it.failures,
      warnings,
    };
  } finally {
    await slack.close();
  }
}

const short = story.filter(({ type }) =>
  /^(ReceiveAlerts|Acknowledge|Resolve|RecordPullRequest)$/.test(type),
);
let clean: { seen: object; calls: number; failures: Failure[] };
let cleanShort: typeof clean & { remembered: number };
beforeAll(async () => {
  clean = await played();
  cleanShort = await played({ commands: short });
});

test('a clean run needs no retry', () => {
  expect(clean.failures).toEqual([]);
  expect(Object.keys(clean.seen)).toHaveLength(2);
  expect(clean.calls).toBeGreaterThan(40);
});

/** The numbers from 1 to `last`, one after the other, each in a workspace of its own. */
const each = async (last: number, attempt: (at: number) => Promise<void>) => {
  expect(last).toBeGreaterThan(15);
  for (let at = 1; at <= last; at++) await attempt(at);
};

test('the answer of any one call is lost: the end is that of a clean run', { timeout: 120_000 }, async () => {
  await each(cleanShort.calls, async (at) => {
    const call = (number: number, slack: SlackServer) => {
      if (number === at) slack.faults.next('*', { kind: 'reset', when: 'after' });
    };
    const run = await played({ commands: short, call });
    expect(run.happened, `call ${at}`).toHaveLength(1);
    expect(run.failures, `call ${at}`).toHaveLength(1);
    expect(run.warnings, `call ${at}`).toEqual([]);
    expect(run.seen, `call ${at}`).toEqual(cleanShort.seen);
  });
});

test('the process dies right after any write of its memory: the end is that of a clean run', {
  timeout: 120_000,
}, async () => {
  await each(cleanShort.remembered, async (at) => {
    const remembered = (number: number) => {
      if (number === at) throw new Failure({ code: 'killed', what: 'The process died', remedy: 'None.' });
    };
    const run = await played({ commands: short, remembered });
    expect(run.failures, `write ${at}`).toHaveLength(1);
    expect(run.seen, `write ${at}`).toEqual(cleanShort.seen);
  });
});

test('the memory is lost again and again: the end is that of a clean run', async () => {
  const run = await played({ between: (it) => it.forget() });
  expect(run.seen).toEqual(clean.seen);
});

const faults: [string, Fault][] = [
  ['its answer is lost', { kind: 'reset', when: 'after' }],
  ['it is lost itself', { kind: 'reset', when: 'before' }],
  ['it gets 503 although the work was done', { kind: 'status', status: 503, when: 'after' }],
  ['it gets 429', { kind: 'rate', retryAfter: 1 }],
  ['it gets 429 without a wait', { kind: 'rate', retryAfter: undefined }],
  ['it gets internal_error', { kind: 'error', error: 'internal_error' }],
  ['it gets ratelimited with HTTP 200', { kind: 'error', error: 'ratelimited' }],
];
test.each(faults)('every call goes wrong once, %s: the end is that of a clean run', async (_, fault) => {
  const before = new Set<string>();
  const call = (_number: number, slack: SlackServer, what: string) => {
    if (!before.has(what)) slack.faults.next('*', fault);
    before.add(what);
  };
  const run = await played({ call });
  expect(run.happened.length).toBeGreaterThan(40);
  expect(run.failures).toHaveLength(run.happened.length);
  expect(run.seen).toEqual(clean.seen);
});

test.each([1, 3, 5, 8])(
  'call %d hangs although the work was done: the end is that of a clean run',
  async (at) => {
    const call = (number: number, slack: SlackServer) => {
      if (number === at) slack.faults.next('*', { kind: 'hang', when: 'after' });
    };
    const run = await played({ commands: short, call, timeoutMs: 1500 });
    expect(run.happened).toHaveLength(1);
    expect(run.failures[0]).toMatchObject({ code: 'timeout' });
    expect(run.seen).toEqual(cleanShort.seen);
  },
);
