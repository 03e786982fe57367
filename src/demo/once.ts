import { writeFileSync } from 'node:fs';
import { timeline } from '../incident/timeline.ts';
import { reasonOf } from '../kit/failure.ts';
import { accountOf } from './account.ts';
import { nameOf } from './cast.ts';
import { until } from './child.ts';
import { factsOf } from './facts.ts';
import { hostLost } from './host-lost.ts';
import { buildStage, type Stage, type StageOptions } from './stage.ts';
import { stopSignal, untilStopped } from './stopped.ts';
import { refusals, witnessOf } from './witness.ts';

/** How the first story is played unattended; `json` is where the facts are written. */
export type OnceOptions = Pick<StageOptions, 'path' | 'logLevel' | 'now' | 'watcher'> & {
  json: string | undefined;
  withoutScopes?: readonly string[];
};

/**
 * Plays the first story unattended at full speed and answers with the exit code: 0 only when every fact is there and the
 * look-alikes' own records agree with it.
 */
export async function playOnce(options: OnceOptions): Promise<number> {
  const startedAt = options.now();
  const tell = (line: string): void => {
    const at = ((options.now() - startedAt) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`${at} s  ${line}\n`);
  };
  tell('Starting Redis with three Sentinels, an order writer, the look-alikes and Muster.');
  const signal = stopSignal();
  const stage = await buildStage({
    withoutScopes: [],
    ...options,
    port: 0,
    say: ({ en }) => tell(en),
    visitor: null,
    pace: { thinking: 0, offering: 0 },
    stories: () => [],
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) return null;
    throw error;
  });
  if (stage === null) return 1;
  try {
    tell(`Everything is up (${stage.url}).`);
    await until('the first orders', 20_000, () => stage.scene.writer.counts().written > 20);
    const played = hostLost.play(stage.scene).catch((error: unknown) => {
      if (!signal.aborted) process.stderr.write(`\nThe story did not come to its end: ${reasonOf(error)}\n`);
    });
    await Promise.race([played, untilStopped(signal)]);
    if (signal.aborted) return 1;
    return await judge(stage, options.json);
  } finally {
    await stage.stop();
  }
}

/** The exit code: by the facts alone, however the story came to its end. */
async function judge(stage: Stage, json: string | undefined): Promise<number> {
  const { scene } = stage;
  const incident = await scene.read(await scene.newest());
  const result = incident
    ? factsOf(incident, witnessOf(stage, incident))
    : { problems: ['there is no incident in the log'] };
  if ('facts' in result) {
    if (json) writeFileSync(json, `${JSON.stringify(result.facts, null, 2)}\n`);
    process.stdout.write(`\n${accountOf(result.facts)}`);
    return 0;
  }
  const report = (title: string, lines: string[]): void => {
    if (lines.length > 0) process.stderr.write(`\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  };
  report('Not so:', result.problems);
  report('What Slack refused:', refusals(scene.slack));
  const entries = incident ? timeline(incident.events, 'en', nameOf) : [];
  report(
    'The timeline as far as it came:',
    entries.map(({ at, text }) => `${new Date(at).toISOString()}  ${text}`),
  );
  return 1;
}
