import { writeFileSync } from 'node:fs';
import { timeline } from '../incident/timeline.ts';
import { reasonOf } from '../kit/failure.ts';
import { accountOf } from './account.ts';
import { factsOf } from './facts.ts';
import { hostLost } from './host-lost.ts';
import { buildStage, type StageOptions } from './stage.ts';
import { witnessOf } from './witness.ts';

/**
 * Plays the first story unattended at full speed and answers with the exit code: 0 only when every fact is there and the
 * look-alikes' own records agree with it. `json` is where the facts are written.
 */
export async function playOnce(
  options: Pick<StageOptions, 'path' | 'logLevel' | 'now' | 'watcher'> & { json: string | undefined },
): Promise<number> {
  const startedAt = options.now();
  const say = (line: string): void => {
    const at = ((options.now() - startedAt) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`${at} s  ${line}\n`);
  };
  say('Starting Redis with three Sentinels, an order writer, the look-alikes and Muster.');
  const stage = await buildStage({ ...options, port: 0, say, paceMs: 0, stories: () => [] });
  try {
    say(`Everything is up (${stage.url}).`);
    const id = await hostLost.play(stage.scene);
    const incident = await stage.scene.read(id);
    const result = incident
      ? factsOf(incident, witnessOf(stage, incident))
      : { problems: [`inc-${id} is not in the log`] };
    if ('problems' in result) {
      for (const problem of result.problems) process.stderr.write(`not so: ${problem}\n`);
      return 1;
    }
    if (options.json) writeFileSync(options.json, `${JSON.stringify(result.facts, null, 2)}\n`);
    process.stdout.write(`\n${accountOf(result.facts)}`);
    return 0;
  } catch (error) {
    process.stderr.write(`The story did not come to its end: ${reasonOf(error)}\n`);
    const last = await stage.scene.read(await stage.scene.newest());
    for (const { at, text } of last ? timeline(last.events, 'en', (id) => id) : []) {
      process.stderr.write(`  ${new Date(at).toISOString()}  ${text}\n`);
    }
    return 1;
  } finally {
    await stage.stop();
  }
}
