import { type Html, html } from '../../page/html.ts';
import { commitsBetween, type Pull, type Repository, type User } from '../repository.ts';
import { changedFiles } from '../shapes.ts';
import { avatar, icons, statePill } from './pieces.ts';

/** What every page shows: who looks at it, where the pages are mounted, what lies beside them, and a message about what just failed. */
export type Scene = {
  repository: Repository;
  viewer: User;
  root: string;
  beside: { name: string; href: string } | undefined;
  notice?: string;
};

/** The style sheets of every page, in order. */
export const sheets = ['frame.css', 'conversation.css', 'content.css'];

/** The path of a pull request's page. */
export const pullPath = ({ repository, root }: Scene, pull: Pull, tab = ''): string =>
  `${root}/${repository.owner}/${repository.name}/pull/${pull.number}${tab}`;

/** A whole document around the content. */
export function document(scene: Scene, title: string, content: Html): string {
  const { repository, viewer, root, beside, notice } = scene;
  const home = `${root}/${repository.owner}/${repository.name}`;
  const open = repository.pulls.filter((pull) => !pull.closed).length;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,">${sheets.map((sheet) => html`<link rel="stylesheet" href="${root}/static/${sheet}">`)}<script type="module" src="${root}/static/live.js" data-events="${root}/events"></script></head>
<body><header class="top"><div class="line">${beside && html`<a class="beside" href="${beside.href}">← ${beside.name}</a>`}<span class="mark">${icons.pull}</span><a href="${home}/pulls">${repository.owner}</a><span class="slash">/</span><a class="name" href="${home}/pulls">${repository.name}</a><span class="chip">Private</span><span class="chip sandbox">sandbox</span>
<form class="switcher" method="post" action="${root}/as"><span>Acting as</span>${repository.users.map(
    (user) =>
      html`<button name="login" value="${user.login}" title="Act as ${user.name}" aria-pressed="${String(user === viewer)}">${avatar(user)}<span>${user.login}</span></button>`,
  )}</form></div>
<nav aria-label="Repository"><a class="current" aria-current="page" href="${home}/pulls">${icons.pull} Pull requests <span class="count">${open}</span></a></nav></header>
<main>${notice && html`<p class="notice" role="alert">${notice}</p>`}${content}</main>
</body></html>`.html;
}

/** Title, state and tabs of one pull request, above what the current tab shows. */
export function pullFrame(
  scene: Scene,
  pull: Pull,
  current: '' | '/commits' | '/files',
  content: Html,
): string {
  const { repository } = scene;
  const commits = commitsBetween(repository, pull.baseSha, pull.headSha).length || 1;
  const files = changedFiles(repository, pull);
  const sum = (of: 'additions' | 'deletions') => files.reduce((total, file) => total + file[of], 0);
  const does = pull.merged ? 'merged' : 'wants to merge';
  const tab = (path: typeof current, icon: Html, name: string, count: number) =>
    html`<a href="${pullPath(scene, pull, path)}"${path === current && html` class="current" aria-current="page"`}>${icon} ${name} <span class="count">${count}</span></a>`;
  return document(
    scene,
    `${pull.title} · Pull Request #${pull.number} · ${repository.owner}/${repository.name}`,
    html`<h1>${pull.title} <span class="number">#${pull.number}</span></h1>
<p class="about">${statePill(pull)} <span><strong>${(pull.merged?.by ?? pull.author).login}</strong> ${does} ${commits} commit${commits > 1 && 's'} into <code class="ref">${pull.base}</code> from <code class="ref">${pull.head}</code></span></p>
<nav class="tabs" aria-label="Pull request">${tab('', icons.comment, 'Conversation', pull.comments.length + pull.reviews.length)}${tab('/commits', icons.merge, 'Commits', commits)}${tab('/files', icons.file, 'Files changed', files.length)}<span class="churn"><b class="plus">+${sum('additions')}</b> <b class="minus">−${sum('deletions')}</b></span></nav>
${content}`,
  );
}
