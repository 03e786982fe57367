import { type Html, html } from '../../page/html.ts';
import { mergeObstacle, verdictsOf } from '../pull-rules.ts';
import type { Pull, Review, User } from '../repository.ts';
import { pullFrame, pullPath, type Scene } from './layout.ts';
import { renderMarkdown } from './markdown.ts';
import { avatar, icons, instant, labelTag } from './pieces.ts';

const said: Record<Review['state'], { mark: Html; text: string; tone: string }> = {
  APPROVED: { mark: icons.check, text: 'approved these changes', tone: 'good' },
  CHANGES_REQUESTED: { mark: icons.cross, text: 'requested changes', tone: 'bad' },
  COMMENTED: { mark: icons.eye, text: 'reviewed', tone: '' },
};

/** The page with the description, what people said, the reviewers and the merge box. */
export function conversationPage(scene: Scene, pull: Pull): string {
  const happened = [
    ...pull.comments.map((comment) => ({
      at: comment.at,
      shown: commentBox(comment.user, comment.body, comment.at, `comment-${comment.id}`),
    })),
    ...pull.reviews.map((review) => ({ at: review.submittedAt, shown: reviewItem(review) })),
  ].sort((a, b) => a.at - b.at);
  const end = pull.merged
    ? event(
        icons.merge,
        'done',
        pull.merged.by,
        html`merged commit <code>${pull.merged.sha.slice(0, 7)}</code> into <code class="ref">${pull.base}</code>`,
        pull.merged.at,
      )
    : pull.closed && event(icons.pull, 'bad', pull.closed.by, html`closed this`, pull.closed.at);
  return pullFrame(
    scene,
    pull,
    '',
    html`<div class="columns"><section class="talk" aria-label="Conversation">
${commentBox(pull.author, pull.body, pull.createdAt, 'description', 'Author')}
${event(icons.file, '', pull.author, html`pushed <code>${pull.headSha.slice(0, 7)}</code> to <code class="ref">${pull.head}</code>`, pull.createdAt)}
${happened.map(({ shown }) => shown)}${end}
${mergeBox(scene, pull)}${!pull.merged && reviewForm(scene, pull)}</section>${sidebar(scene, pull)}</div>`,
  );
}

function commentBox(user: User, body: string, at: number, id: string, role?: string): Html {
  return html`<article class="comment" id="${id}">${avatar(user, 'large')}<div class="box"><header><strong>${user.login}</strong> commented ${instant(at)}${role && html`<span class="chip">${role}</span>`}</header><div class="markdown">${body.trim() ? renderMarkdown(body) : html`<p class="muted">No description provided.</p>`}</div></div></article>`;
}

function event(mark: Html, tone: string, user: User, what: Html, at: number): Html {
  return html`<div class="event ${tone}"><span class="dot">${mark}</span>${avatar(user)}<span><strong>${user.login}</strong> ${what} ${instant(at)}</span></div>`;
}

function reviewItem(review: Review): Html {
  const { mark, text, tone } = said[review.state];
  const box =
    review.body.trim() &&
    html`<div class="box inset"><div class="markdown">${renderMarkdown(review.body)}</div></div>`;
  return html`<div id="review-${review.id}">${event(mark, tone, review.user, html`${text}`, review.submittedAt)}${box}</div>`;
}

function mergeBox(scene: Scene, pull: Pull): Html {
  if (pull.merged)
    return html`<div class="verdict merged"><span class="dot">${icons.merge}</span><div class="box"><h2>Pull request successfully merged and closed</h2><p>The postmortem is on <code class="ref">${pull.base}</code> now.</p></div></div>`;
  if (pull.closed)
    return html`<div class="verdict"><span class="dot">${icons.pull}</span><div class="box"><h2>Closed with unmerged commits</h2>${actions(scene, pull, [['reopen', 'Reopen pull request', '']])}</div></div>`;
  const approvals = [...verdictsOf(pull).values()];
  const rejected = approvals.includes('CHANGES_REQUESTED');
  const approved = approvals.includes('APPROVED') && !rejected;
  const review = rejected
    ? row('bad', icons.cross, 'Changes requested', 'A reviewer asked for changes.')
    : approved
      ? row(
          'good',
          icons.check,
          'Changes approved',
          `${approvals.length} approving review${approvals.length > 1 ? 's' : ''}.`,
        )
      : row('wait', icons.eye, 'Review required', 'Nobody has approved this yet.');
  const obstacle = mergeObstacle(scene.repository, pull);
  const state = obstacle
    ? row('bad', icons.cross, 'Merging is blocked', obstacle)
    : row(
        'good',
        icons.check,
        'No conflicts with the base branch',
        'Merging can be performed automatically.',
      );
  return html`<div class="verdict ${!obstacle && 'ready'}"><span class="dot">${icons.merge}</span><div class="box">${review}${state}${actions(
    scene,
    pull,
    [
      ['merge', 'Merge pull request', obstacle ? 'primary blocked' : 'primary'],
      ['close', 'Close pull request', ''],
    ],
  )}</div></div>`;
}

const row = (tone: string, mark: Html, title: string, text: string): Html =>
  html`<div class="row ${tone}"><span class="sign">${mark}</span><div><h2>${title}</h2><p>${text}</p></div></div>`;

function actions(scene: Scene, pull: Pull, buttons: [act: string, label: string, tone: string][]): Html {
  return html`<form class="actions" method="post">${buttons.map(
    ([act, label, tone]) =>
      html`<button class="button ${tone}" formaction="${pullPath(scene, pull, `/${act}`)}"${tone.includes('blocked') && html` disabled`}>${label}</button>`,
  )}</form>`;
}

function reviewForm(scene: Scene, pull: Pull): Html {
  const own = scene.viewer.login === pull.author.login;
  const off = own && html` disabled title="You can’t approve or reject your own pull request"`;
  return html`<form class="comment" method="post" action="${pullPath(scene, pull, '/review')}">${avatar(scene.viewer, 'large')}<div class="box"><header><strong>Review as ${scene.viewer.login}</strong></header>
<textarea name="body" rows="3" aria-label="Review" placeholder="Leave a comment (Markdown)"></textarea>
<div class="actions"><button class="button" name="event" value="COMMENT">Comment</button><button class="button danger" name="event" value="REQUEST_CHANGES"${off}>Request changes</button><button class="button primary" name="event" value="APPROVE"${off}>Approve</button></div>
${own && html`<p class="muted">You opened this pull request. Act as somebody else to approve it.</p>`}</div></form>`;
}

function sidebar(scene: Scene, pull: Pull): Html {
  const { users } = scene.repository;
  const verdicts = verdictsOf(pull);
  const logins = [
    ...new Set([...pull.reviews.map((review) => review.user.login), ...pull.requestedReviewers]),
  ];
  const reviewer = (login: string) => {
    const user = users.find((one) => one.login === login);
    const verdict = verdicts.get(login);
    const shown = pull.requestedReviewers.includes(login)
      ? html`<span class="sign wait" title="Awaiting review">●</span>`
      : html`<span class="sign ${verdict ? said[verdict].tone : ''}" title="${verdict ? said[verdict].text : 'commented'}">${verdict ? said[verdict].mark : icons.comment}</span>`;
    return html`<li>${user && avatar(user)}<span>${login}</span>${shown}</li>`;
  };
  const people = new Map(
    [pull.author, ...pull.reviews.map(({ user }) => user), ...pull.comments.map(({ user }) => user)].map(
      (user) => [user.login, user],
    ),
  );
  const none = (text: string) => html`<p class="muted">${text}</p>`;
  return html`<aside aria-label="Details"><section><h2>Reviewers</h2>${logins.length > 0 ? html`<ul>${logins.map(reviewer)}</ul>` : none('No reviews')}</section>
<section><h2>Labels</h2>${pull.labels.length > 0 ? pull.labels.map(labelTag) : none('None yet')}</section>
<section><h2>${people.size} participant${people.size > 1 && 's'}</h2>${[...people.values()].map((user) => avatar(user))}</section></aside>`;
}
