import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { reasonOf } from '../../kit/failure.ts';
import type { SlackSandbox } from '../slack/sandbox.ts';
import { topModal } from '../slack/wire.ts';
import type { Channel } from '../slack/world.ts';
import { Act, perform } from './acts.ts';
import { head, modal, rail, sidebar } from './frame.ts';
import { html } from './html.ts';
import { conversation } from './message.ts';
import { createPulse } from './pulse.ts';
import { sceneOf, titleOf } from './scene.ts';
import { shell, type Tab } from './shell.ts';
import { type Story, storiesPanel, welcome } from './stories.ts';
import { createUnread } from './unread.ts';

/** What the page shows beside the workspace. */
export type PageOptions = {
  slack: SlackSandbox;
  /** Shown in the browser's title and the top bar. */
  title: string;
  /** Further pages, such as the pull request; the workspace itself is the first tab. */
  tabs?: Tab[];
  /** The stories as they are now; `changed()` of the returned page shows a change of theirs. */
  stories?: () => Story[];
  now: () => number;
};

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const folder = fileURLToPath(new URL('./static/', import.meta.url));
const types = { css: 'text/css', js: 'text/javascript' } as const;

/** The page of the workspace: mount `router` at `/`. It holds the whole Slack look-alike, usable as any of its people. */
export function createWorkspacePage(options: PageOptions): {
  router: Router;
  changed: () => void;
  close: () => void;
} {
  const { slack, now } = options;
  const unread = createUnread(slack.world);
  const pulse = createPulse();
  const stories = options.stories ?? (() => []);
  const stop = slack.onChange(pulse.beat);
  const router = Router();

  router.use((_request, response, next) => {
    response.set({
      'content-security-policy': csp,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    next();
  });
  router.get(
    '/',
    (_request, response) => void response.type('html').send(shell(options.title, options.tabs ?? [])),
  );
  for (const name of readdirSync(folder)) {
    const type = types[name.split('.').at(-1) as keyof typeof types];
    router.get(
      `/page/${name}`,
      (_request, response) => void response.type(type).sendFile(name, { root: folder }),
    );
  }
  router.get('/archives/:channel/:message', (request, response) => {
    response.redirect(
      `/?channel=${encodeURIComponent(request.params.channel)}#${encodeURIComponent(request.params.message)}`,
    );
  });
  router.get('/page/files/:id', (request, response) => {
    const file = slack.world.files.get(request.params.id);
    if (file?.data === undefined) return void response.sendStatus(404);
    response.type('image/png').send(file.data);
  });
  router.get('/page/changes', pulse.listen);
  router.get('/page/state', (request, response) => {
    const viewer = personOf(slack, request.query.as, request);
    const scene = sceneOf(slack.world, slack.app, viewer, now());
    const channel = channelOf(slack, viewer, request.query.channel);
    if (request.query.seen === '1') unread.markRead(viewer, channel);
    const top = topModal(slack.world, viewer);
    const isMember = channel.members.includes(viewer);
    response.json({
      as: viewer,
      channel: channel.id,
      title: titleOf(scene, channel),
      words: Object.fromEntries(Object.entries(scene.words).filter(([, word]) => typeof word === 'string')),
      rail: rail(scene, unread).html,
      sidebar: sidebar(scene, channel, unread).html,
      head: head(scene, channel).html,
      rows: conversation(scene, channel),
      empty: (channel.general && stories().length > 0
        ? welcome(scene.words, stories())
        : html`<p>${scene.words.empty}</p>`
      ).html,
      modal: top
        ? { key: `${top.id} ${top.hash} ${JSON.stringify(top.errors)}`, html: modal(scene, top).html }
        : null,
      composer: {
        hint: scene.words.messageTo(channel.kind === 'im' ? titleOf(scene, channel) : `#${channel.name}`),
        closed: channel.archived ? scene.words.archived : isMember ? null : scene.words.notMember,
        canJoin: !isMember && !channel.archived,
        commands: slack.app.commands,
      },
      stories: stories().length > 0 ? storiesPanel(scene.words, stories()).html : null,
    });
  });
  router.post('/page/act', sameOrigin, express.json({ limit: '200kb' }), async (request, response) => {
    const parsed = z.object({ as: z.string(), act: Act }).safeParse(request.body);
    if (!parsed.success) return void response.status(400).json({ notice: z.prettifyError(parsed.error) });
    try {
      response.json(await perform(slack, personOf(slack, parsed.data.as, request), parsed.data.act));
    } catch (error) {
      response.status(409).json({ notice: reasonOf(error) });
    }
  });
  router.post('/page/stories/:id', sameOrigin, (request, response) => {
    const story = stories().find(({ id }) => id === request.params.id);
    if (!story) return void response.status(404).json({ notice: 'There is no such story.' });
    story
      .start()
      .catch(() => undefined)
      .finally(pulse.beat);
    pulse.beat();
    response.json({});
  });
  router.post('/page/stories/:id/:answer', sameOrigin, (request, response) => {
    const story = stories().find(({ id }) => id === request.params.id);
    const { answer } = request.params;
    if (!story || (answer !== 'take' && answer !== 'leave'))
      return void response.status(404).json({ notice: 'There is no such story.' });
    story.answer(answer);
    response.json({});
  });
  return {
    router,
    changed: pulse.beat,
    close() {
      stop();
      pulse.close();
    },
  };
}

/** Another site that a browser has open must not be able to act here. */
function sameOrigin(request: Request, response: Response, next: () => void): void {
  const origin = request.get('origin');
  if (origin !== undefined && new URL(origin).host !== request.get('host'))
    response.status(403).json({ notice: 'Refused.' });
  else next();
}

/** The person who is asked for; a newcomer is the first person who reads what their browser reads. */
function personOf(slack: SlackSandbox, wanted: unknown, request: Request): string {
  const people = [...slack.world.users.values()].filter(({ kind }) => kind !== 'bot');
  const reads = request.acceptsLanguages('en', 'ko') || 'en';
  const found =
    people.find(({ id }) => id === wanted) ??
    people.find(({ locale }) => locale.startsWith(reads)) ??
    people[0];
  return found!.id;
}

function channelOf(slack: SlackSandbox, viewer: string, wanted: unknown): Channel {
  const channels = [...slack.world.channels.values()];
  const allowed = (channel: Channel) => channel.kind === 'public' || channel.members.includes(viewer);
  return channels.find((channel) => channel.id === wanted && allowed(channel)) ?? channels.find(allowed)!;
}
