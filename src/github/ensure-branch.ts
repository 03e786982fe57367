import { Failure } from '../kit/failure.ts';
import type { Draft, DraftFile } from './draft.ts';

/** A commit as far as publishing needs it. */
export type Head = { sha: string; tree: string; email: string };

/** The six things publishing needs of a repository, here or at GitHub. */
export type GitPlace = {
  /** The newest commit of a branch, or undefined where there is no such branch. */
  head(branch: string): Promise<Head | undefined>;
  /** The commit a new branch starts from. */
  base(): Promise<Head>;
  /** True when the commit holds a file at that path. */
  holds(commit: string, path: string): Promise<boolean>;
  /** Stores the tree that has these files on top of another tree. */
  tree(base: string, files: DraftFile[]): Promise<string>;
  commit(tree: string, parent: string, commit: Draft['commit']): Promise<string>;
  /** Both answer false, and change nothing, when somebody else was faster. */
  create(branch: string, sha: string): Promise<boolean>;
  move(branch: string, from: string, to: string): Promise<boolean>;
};

/**
 * Makes sure that the draft stands on its branch and returns the branch's newest commit. Run again, it changes nothing. Where
 * somebody else has committed to the branch since, the branch is theirs: it is adopted as it is, unless the draft is missing.
 */
export async function ensureBranch(place: GitPlace, draft: Draft, tries = 3): Promise<string> {
  const head = await place.head(draft.branch);
  if (head && head.email !== draft.commit.email && (await place.holds(head.sha, draft.files[0]?.path ?? '')))
    return head.sha;
  const parent = head ?? (await place.base());
  const tree = await place.tree(parent.tree, draft.files);
  if (head?.tree === tree) return head.sha;
  const sha = tree === parent.tree ? parent.sha : await place.commit(tree, parent.sha, draft.commit);
  const done = head ? await place.move(draft.branch, head.sha, sha) : await place.create(draft.branch, sha);
  if (done) return sha;
  if (tries > 1) return ensureBranch(place, draft, tries - 1);
  throw new Failure({
    code: 'branch-contended',
    what: 'The branch changed at every try',
    value: draft.branch,
    remedy: 'It is tried again; see who else writes to this branch.',
  });
}
