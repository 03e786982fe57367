/** A file of a draft: path from the root of the repository, UTF-8 text. */
export type DraftFile = { path: string; content: string };

/**
 * What is to be published: one branch with one commit, and a pull request. The same draft always makes the same commit on the same
 * base, because author and date are part of it. Branch and paths must come from ids, never from outside text.
 */
export type Draft = {
  branch: string;
  title: string;
  body: string;
  commit: { message: string; name: string; email: string /** Epoch milliseconds. */; at: number };
  files: DraftFile[];
  labels: string[];
  /** GitHub logins. */
  reviewers: string[];
};

/** A published draft. `number` is null in the local repository. `warnings` name labels or reviewers that GitHub did not take. */
export type Published = {
  number: number | null;
  url: string;
  branch: string;
  sha: string;
  state: 'open' | 'merged' | 'closed';
  warnings: string[];
};
