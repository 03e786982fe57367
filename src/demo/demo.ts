import { spawn } from 'node:child_process';
import { hostLost } from './host-lost.ts';
import { createPanels } from './panels.ts';
import type { Scene } from './scene.ts';
import { sentinelWorked } from './sentinel-worked.ts';
import { setTheStage } from './set-the-stage.ts';
import { buildStage, type StageOptions } from './stage.ts';
import { stopSignal, untilStopped } from './stopped.ts';
import type { Story } from './story.ts';

/** The stories a visitor can start. */
const stories: readonly Story[] = [hostLost, sentinelWorked];

/** People take a moment to think; an offer stands long enough to be read and taken. */
const pace = { thinking: 1500, offering: 15_000 };

/** Runs the demo until a signal ends it: one local address, a workspace to look at and take part in. Answers with the exit code. */
export async function runDemo(
  options: Pick<StageOptions, 'path' | 'logLevel' | 'now' | 'watcher' | 'port'> & { open: boolean },
): Promise<number> {
  const signal = stopSignal();
  // The page is there before the stage: who starts a story that early waits for it.
  const { promise: scene, resolve: sceneIsSet } = Promise.withResolvers<Scene>();
  const panels = createPanels(stories, {
    play: async (story) => {
      await setTheStage(await scene);
      await story.play(await scene);
    },
    print: (line) => {
      if (!signal.aborted) process.stdout.write(`  ${line}\n`);
    },
  });

  process.stdout.write(
    'Starting Redis with three Sentinels, an order writer, the look-alikes and Muster …\n',
  );
  const stage = await buildStage({
    ...options,
    withoutScopes: [],
    say: panels.say,
    visitor: panels.visitor,
    pace,
    stories: () => panels.shown,
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) return null;
    throw error;
  });
  if (stage === null) return 0;
  panels.onChange(stage.changed);
  sceneIsSet(stage.scene);
  process.stdout.write(`\n  Muster's demo is at  ${stage.url}\n\n`);
  process.stdout.write('  Start a story there, take part in it, or type /incident help. Ctrl+C ends it.\n\n');
  if (options.open) openBrowser(stage.url);
  await untilStopped(signal);
  process.stdout.write('\nStopping …\n');
  await stage.stop();
  return 0;
}

/** Opens the address where there is a desktop; a machine without one only prints it. */
function openBrowser(url: string): void {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  if (process.platform !== 'darwin' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  spawn(program, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
