import { spawn } from 'node:child_process';
import { reasonOf } from '../kit/failure.ts';
import type { Story as ShownStory } from '../sandbox/page/stories.ts';
import { cast } from './cast.ts';
import { until } from './child.ts';
import { hostLost } from './host-lost.ts';
import type { Scene } from './scene.ts';
import { sentinelWorked } from './sentinel-worked.ts';
import { buildStage, type StageOptions } from './stage.ts';
import type { Story } from './story.ts';

/** The stories a visitor can start. */
export const stories: readonly Story[] = [hostLost, sentinelWorked];

/** How long the people of a watched story think before they act. */
const paceMs = 2500;

/** Runs the demo until a signal ends it: one local address, a workspace to look at and take part in. Answers with the exit code. */
export async function runDemo(
  options: Pick<StageOptions, 'path' | 'logLevel' | 'now' | 'watcher' | 'port'> & { open: boolean },
): Promise<number> {
  const shown = new Map<string, ShownStory>();
  let scene: Scene | null = null;
  let changed = (): void => {};
  let telling: ShownStory | null = null;
  const say = (line: string): void => {
    process.stdout.write(`  ${line}\n`);
    if (telling) telling.detail = line;
    changed();
  };
  for (const story of stories) {
    const panel: ShownStory = {
      id: story.id,
      name: story.title,
      about: story.about,
      state: 'ready',
      start: async () => {
        if (scene === null || telling !== null) return;
        telling = panel;
        panel.state = 'running';
        await play(story, scene, say)
          .then(() => {
            panel.state = 'done';
          })
          .catch((error: unknown) => {
            panel.state = 'failed';
            say(reasonOf(error));
          });
        telling = null;
        changed();
      },
    };
    shown.set(story.id, panel);
  }

  process.stdout.write(
    'Starting Redis with three Sentinels, an order writer, the look-alikes and Muster …\n',
  );
  const stage = await buildStage({ ...options, say, paceMs, stories: () => [...shown.values()] });
  scene = stage.scene;
  changed = stage.changed;
  process.stdout.write(`\n  Muster's demo is at  ${stage.url}\n\n`);
  process.stdout.write('  Start a story there, take part in it, or type /incident help. Ctrl+C ends it.\n\n');
  if (options.open) openBrowser(stage.url);
  await new Promise<void>((ended) => {
    for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => ended());
  });
  process.stdout.write('\nStopping …\n');
  await stage.stop();
  return 0;
}

/** Sets the stage as it was at the start, and plays a story. */
async function play(story: Story, scene: Scene, say: (line: string) => void): Promise<void> {
  const { writer, redis } = scene;
  say('Setting the stage.');
  writer.pause();
  await redis.restart();
  writer.resume();
  const { written } = writer.counts();
  await until('the first orders', 20_000, () => writer.counts().written > written + 10);
  await closeOpen(scene);
  await story.play(scene);
}

/** An incident left open by an earlier story is resolved by a person, as it would be in life. */
async function closeOpen({ slack, read, newest }: Scene): Promise<void> {
  for (let id = await newest(); id > 0; id--) {
    const incident = await read(id);
    if (incident === null || incident.state.status.is === 'resolved' || incident.state.channel === null)
      continue;
    const minji = slack.as(cast.minji.slack);
    minji.join(incident.state.channel.id);
    await minji.command(incident.state.channel.id, '/incident', 'resolve another story begins');
  }
}

/** Opens the address where there is a desktop; a machine without one only prints it. */
function openBrowser(url: string): void {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  if (process.platform !== 'darwin' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  spawn(program, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
