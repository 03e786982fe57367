import { parseArgs } from 'node:util';
import type { Moment } from '../app/tap.ts';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { drawMoments, everyMoment } from './draw-moments.ts';
import { differences, momentText, type Played, playMoment } from './play-moment.ts';

/**
 * Kills Muster at moments of a short P1 and compares what is left with a clean run:
 *
 *   npm run test:faults                                        200 moments, a new seed
 *   npm run test:faults -- --moments 20 --seed 7               as many, and the same ones again
 *   npm run test:faults -- --every                             every call to Slack, GitHub, the pagers and the repaired Redis
 *   npm run test:faults -- --at "after slack pins.add #1"      one moment
 */
const { values } = parseArgs({
  options: {
    moments: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    side: { type: 'string', default: '3' },
    every: { type: 'boolean', default: false },
    at: { type: 'string' },
  },
});

if (!hasRedis) {
  process.stderr.write(`crash moments: skipped, ${redisMissing}\n`);
  process.exit(1);
}

// Interrupted, it still ends its children: they die with an orderly exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const startedAt = Date.now();
const clean = await playMoment(null);
const again = await playMoment(null);
const unequal = differences(clean.state, again);
if (unequal.length > 0) {
  say(`Two clean runs differ, so nothing can be compared:\n  ${unequal.join('\n  ')}`);
  process.exit(1);
}

const named = (text: string): Moment => {
  const [, when = '', call = '', nth = ''] = /^(before|after) (.+) #(\d+)$/.exec(text) ?? [];
  return { when: when as Moment['when'], call, nth: Number(nth) };
};
const seed = Number(values.seed);
const moments = values.at
  ? [named(values.at)]
  : values.every
    ? everyMoment([clean.calls, again.calls])
    : drawMoments([clean.calls, again.calls], Number(values.moments), seed);
say(
  `${moments.length} moments${values.at || values.every ? '' : `, seed ${seed}`}; a clean run makes ${clean.calls.length} calls`,
);

let failed = 0;
let missed = 0;
const waiting = [...moments];
const side = async (): Promise<void> => {
  for (let moment = waiting.shift(); moment; moment = waiting.shift()) {
    const played: Played | Error = await playMoment(moment).catch((error: Error) => error);
    const wrong = played instanceof Error ? [played.message] : differences(clean.state, played);
    if (!(played instanceof Error) && played.struck !== 'moment') missed += 1;
    if (wrong.length === 0) continue;
    failed += 1;
    say(`FAILED at "${momentText(moment)}":\n  ${wrong.slice(0, 12).join('\n  ')}`);
    if (!(played instanceof Error)) say(played.log);
  }
};
await Promise.all(Array.from({ length: Number(values.side) }, side));

const seconds = Math.round((Date.now() - startedAt) / 1000);
const short = missed > moments.length / 5;
say(`${moments.length - failed} of ${moments.length} end as the clean run, ${failed} do not (${seconds} s).`);
if (missed > 0) say(`${missed} moments did not come; there Muster was killed at the end instead.`);
if (short) say('That is more than a fifth: the moments no longer fit the story.');
process.exit(failed > 0 || short ? 1 : 0);
