import type { App } from '../slack/manifest.ts';
import type { Channel, User, World } from '../slack/world.ts';
import { type Words, wordsFor } from './words.ts';

/** What every renderer needs: the workspace, the person looking at it, and the words in their language. */
export type Scene = { world: World; app: App; viewer: User; words: Words; now: number };

/** The scene as a person sees it. */
export function sceneOf(world: World, app: App, viewerId: string, now: number): Scene {
  const viewer = world.users.get(viewerId)!;
  return { world, app, viewer, words: wordsFor(viewer.locale), now };
}

/** The name a person is shown by. */
export function nameOf(scene: Scene, userId: string): string {
  return scene.world.users.get(userId)?.realName ?? userId;
}

/** The name of a conversation as the viewer reads it, without its `#`. */
export function titleOf(scene: Scene, channel: Channel): string {
  if (channel.kind !== 'im' && channel.kind !== 'mpim') return channel.name;
  const others = channel.members.filter((member) => member !== scene.viewer.id);
  return others.map((member) => nameOf(scene, member)).join(', ') || nameOf(scene, scene.viewer.id);
}

/** Time of day of a Slack timestamp, in the viewer's zone and language. */
export function timeOf(scene: Scene, ts: string): string {
  return format(scene, ts, { hour: 'numeric', minute: '2-digit' });
}

/** The day of a Slack timestamp; today has a name. */
export function dayOf(scene: Scene, ts: string): string {
  const day = format(scene, ts, { weekday: 'long', month: 'long', day: 'numeric' });
  return day === format(scene, String(scene.now / 1000), { weekday: 'long', month: 'long', day: 'numeric' })
    ? scene.words.today
    : day;
}

/** Formats a Slack timestamp (seconds) for the viewer. */
export function format(scene: Scene, ts: string, options: Intl.DateTimeFormatOptions): string {
  const { locale, timezone } = scene.viewer;
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: timezone }).format(
    new Date(Number(ts) * 1000),
  );
}
