import { Failure } from '../kit/failure.ts';
import type { Github } from './connection.ts';
import type { Draft, Published } from './draft.ts';
import { ensureBranch, type GitPlace, type Head } from './ensure-branch.ts';
import { unless, unlessMissing } from './github-failure.ts';
import { stateOf } from './read-pull-request.ts';

/**
 * Publishes a draft as branch, commit and pull request with labels and reviewers. Killed after any call and run again it ends
 * with one branch and one pull request; one that people have merged or closed is left as it is and reported so. Labels and
 * reviewers that GitHub refuses are warnings, because the draft is more important than its decoration.
 */
export async function publishPullRequest(github: Github, draft: Draft): Promise<Published> {
  const repository = await github.call('read the repository', (rest, at) => rest.repos.get(at));
  const known = await findPull(github, draft.branch);
  if (known && known.state !== 'open') return { ...shown(known), warnings: [] };
  const sha = await ensureBranch(placeOf(github, repository.default_branch), draft);
  const pull = known ?? (await openPull(github, draft, repository.default_branch));
  const warnings = await decorate(github, draft, pull);
  return { ...shown(pull), sha, warnings };
}

/** The parts of a pull request that publishing looks at. */
type Pull = {
  number: number;
  html_url: string;
  state: string;
  merged_at: string | null;
  user: { login: string } | null;
  head: { ref: string; sha: string };
  labels: { name: string }[];
  requested_reviewers?: { login: string }[] | null;
};

const shown = (pull: Pull): Omit<Published, 'warnings'> => ({
  number: pull.number,
  url: pull.html_url,
  branch: pull.head.ref,
  sha: pull.head.sha,
  state: stateOf(pull),
});

/** The open pull request of the branch, else its newest one: a merged or closed postmortem is not opened a second time. */
async function findPull(github: Github, branch: string): Promise<Pull | undefined> {
  const pulls: Pull[] = await github.call('look for the pull request', (rest, at) =>
    rest.pulls.list({ ...at, head: `${at.owner}:${branch}`, state: 'all' }),
  );
  return pulls.find((pull) => pull.state === 'open') ?? pulls[0];
}

async function openPull(github: Github, draft: Draft, base: string): Promise<Pull> {
  const { title, body, branch } = draft;
  const opened = await unless<Pull>(
    'github-refused',
    github.call('open the pull request', (rest, at) =>
      rest.pulls.create({ ...at, title, body, head: branch, base }),
    ),
    /A pull request already exists/,
  );
  const pull = opened ?? (await findPull(github, branch));
  if (pull) return pull;
  throw new Failure({
    code: 'github-conflict',
    what: 'GitHub says that the pull request exists and does not list it',
    value: branch,
    remedy: 'It is tried again later.',
  });
}

function placeOf(github: Github, base: string): GitPlace {
  const head = async (branch: string): Promise<Head | undefined> => {
    const ref = await unlessMissing(
      github.call('read the branch', (rest, at) => rest.git.getRef({ ...at, ref: `heads/${branch}` })),
    );
    if (!ref) return undefined;
    const commit = await github.call('read the commit', (rest, at) =>
      rest.git.getCommit({ ...at, commit_sha: ref.object.sha }),
    );
    return { sha: commit.sha, tree: commit.tree.sha, email: commit.author.email };
  };
  return {
    head,
    async base() {
      const found = await head(base);
      if (found) return found;
      throw new Failure({
        code: 'github-not-found',
        what: 'The default branch does not exist',
        value: base,
        remedy: 'Give the repository a first commit.',
        retry: 'never',
      });
    },
    async holds(commit, path) {
      const file = await unlessMissing(
        github.call('read the draft', (rest, at) => rest.repos.getContent({ ...at, path, ref: commit })),
      );
      return file !== undefined;
    },
    async tree(baseTree, files) {
      const tree = files.map((file) => ({ ...file, mode: '100644' as const, type: 'blob' as const }));
      const made = await github.call('write the tree', (rest, at) =>
        rest.git.createTree({ ...at, base_tree: baseTree, tree }),
      );
      return made.sha;
    },
    async commit(tree, parent, { message, name, email, at: date }) {
      const who = { name, email, date: new Date(date).toISOString() };
      const made = await github.call('write the commit', (rest, at) =>
        rest.git.createCommit({ ...at, message, tree, parents: [parent], author: who, committer: who }),
      );
      return made.sha;
    },
    async create(branch, sha) {
      const made = await unless(
        'github-refused',
        github.call('create the branch', (rest, at) =>
          rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha }),
        ),
        /Reference already exists/,
      );
      return made !== undefined;
    },
    async move(branch, _from, sha) {
      const moved = await unless(
        'github-refused',
        github.call('move the branch', (rest, at) =>
          rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha, force: false }),
        ),
        /not a fast forward|does not exist/i,
      );
      return moved !== undefined;
    },
  };
}

async function decorate(github: Github, draft: Draft, pull: Pull): Promise<string[]> {
  const warnings: string[] = [];
  const attempt = async (what: string, work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof Failure) || error.retry === 'later') throw error;
      warnings.push(`${what}: ${error.message}`);
    }
  };
  const here = new Set(pull.labels.map((label) => label.name));
  const labels = draft.labels.filter((label) => !here.has(label));
  if (labels.length > 0)
    await attempt(
      `labels ${labels.join(', ')}`,
      github.call('add the labels', (rest, at) =>
        rest.issues.addLabels({ ...at, issue_number: pull.number, labels }),
      ),
    );
  // One unknown reviewer makes GitHub refuse the whole list, so they are asked for one by one.
  for (const reviewer of await stillToAsk(github, draft, pull))
    await attempt(
      `reviewer ${reviewer}`,
      github.call('ask for the review', (rest, at) =>
        rest.pulls.requestReviewers({ ...at, pull_number: pull.number, reviewers: [reviewer] }),
      ),
    );
  return warnings;
}

/** The reviewers who were neither asked nor have reviewed yet; the author can't review their own pull request. */
async function stillToAsk(github: Github, draft: Draft, pull: Pull): Promise<string[]> {
  const asked = new Set((pull.requested_reviewers ?? []).map((user) => user.login.toLowerCase()));
  if (pull.user) asked.add(pull.user.login.toLowerCase());
  const open = [...new Set(draft.reviewers)].filter((login) => !asked.has(login.toLowerCase()));
  if (open.length === 0) return [];
  const reviews = await github.call('read the reviews', (rest, at) =>
    rest.pulls.listReviews({ ...at, pull_number: pull.number, per_page: 100 }),
  );
  const reviewed = new Set(reviews.map((review) => review.user?.login.toLowerCase()));
  return open.filter((login) => !reviewed.has(login.toLowerCase()));
}
