import { join, resolve } from 'node:path';
import type { RequestHandler } from 'express';
import type { Muster } from '../config/muster-yaml.ts';
import type { Settings } from '../config/settings.ts';
import { connectGithub, type GithubCredential } from '../github/connection.ts';
import { createGithubDoor } from '../github/door.ts';
import type { PullRequestNews } from '../github/news.ts';
import { publishLocally } from '../github/publish-locally.ts';
import { publishPullRequest } from '../github/publish-pull-request.ts';
import { readPullRequest } from '../github/read-pull-request.ts';
import type { Handle } from '../incident/room.ts';
import type { Actor } from '../incident/words.ts';
import type { Log } from '../kit/log.ts';
import { createDraftWriter } from '../postmortem/draft.ts';
import { commandsOfNews, incidentOfBranch } from '../postmortem/pull-request-commands.ts';
import { postmortemRoom } from '../postmortem/room.ts';
import type { Finder } from '../redis/find.ts';
import type { Charts } from './charts.ts';
import type { People } from './people.ts';

/** What postmortems need. */
export type Postmortems = {
  settings: Settings;
  muster: Muster;
  people: People;
  charts: Charts;
  handle: Handle;
  find: Finder;
  redact: (text: string) => string;
  /** Where a channel can be read; null where that is not known. */
  channelUrl: (channel: string) => Promise<string | null>;
  /** PATH, where git is looked for. */
  path: string;
  now: () => number;
  report: Log;
};

const templates = resolve(import.meta.dirname, '../../templates');

function credentialOf(settings: Settings): GithubCredential | null {
  const { GITHUB_TOKEN, GITHUB_APP_ID, GITHUB_PRIVATE_KEY, GITHUB_APP_INSTALLATION_ID } = settings;
  if (GITHUB_TOKEN) return { token: GITHUB_TOKEN };
  if (!GITHUB_APP_ID || !GITHUB_PRIVATE_KEY) return null;
  const installation = GITHUB_APP_INSTALLATION_ID ? { installationId: GITHUB_APP_INSTALLATION_ID } : {};
  return { appId: String(GITHUB_APP_ID), privateKey: GITHUB_PRIVATE_KEY, ...installation };
}

/** The postmortem room on GitHub, or on a local repository where no GitHub is configured. */
export function createPostmortems(deps: Postmortems) {
  const { settings, muster, people, charts, redact, channelUrl, path, now, report } = deps;
  const { GITHUB_REPOSITORY: repository, GITHUB_API_URL: apiUrl, DATA_DIR } = settings;
  const credential = credentialOf(settings);
  const github =
    repository && credential ? connectGithub({ apiUrl, repository, credential }, { log: report, now }) : null;
  return postmortemRoom({
    rules: { on: muster.postmortem.on },
    draft: createDraftWriter(templates, redact),
    contextOf: async ({ state }) => ({
      nameOf: people.nameOf,
      timezone: muster.timezone,
      channelUrl: state.channel ? await channelUrl(state.channel.id) : null,
      labels: muster.postmortem.labels,
      reviewers: people.githubLogins(muster.postmortem.reviewers),
      drawChart: charts.drawn,
    }),
    publish: (draft) =>
      github
        ? publishPullRequest(github, draft)
        : publishLocally(join(DATA_DIR, 'postmortems.git'), draft, { searchPath: path }),
    read: async (number) => (github ? readPullRequest(github, number) : undefined),
    log: report,
  });
}

/** The door for GitHub's webhooks: the draft's review shows in the incident. Null where no secret is set. */
export function githubDoor({
  settings,
  handle,
  find,
  people,
  now,
  report,
}: Postmortems): RequestHandler | null {
  const secret = settings.GITHUB_WEBHOOK_SECRET;
  if (!secret) return null;
  const handleNews = async (news: PullRequestNews): Promise<void> => {
    const id = incidentOfBranch(news.branch);
    const incident = id === undefined ? null : await find.byId(id);
    if (incident === null || news.repository !== settings.GITHUB_REPOSITORY) return;
    const person = people.byGithub(news.by)?.id ?? `github:${news.by}`;
    const by: Actor = { kind: 'person', person, via: 'github' };
    for (const command of commandsOfNews(incident, news, now(), by)) await handle(incident.id, command);
  };
  return createGithubDoor({
    secret,
    handle: handleNews,
    seen: (id) => find.seen(`github:${id}`),
    remember: (id) => find.remember(`github:${id}`),
    log: report,
  });
}
