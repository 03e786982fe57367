import { createHash } from 'node:crypto';

/** One line of a tree, as git stores it. */
export type TreeEntry = { path: string; mode: string; sha: string };

/** Who made a commit and when, in epoch seconds (git stores no finer time). */
export type Signature = { name: string; email: string; seconds: number };

/** A commit, as git stores it. */
export type Commit = {
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
};

/** Any stored object. */
export type GitObject =
  | { type: 'blob'; content: Buffer }
  | { type: 'tree'; entries: TreeEntry[] }
  | { type: 'commit'; commit: Commit };

/** A content-addressed store whose ids are real git ids, so that identical input has the identical sha. */
export type ObjectStore = {
  putBlob(content: Buffer): string;
  putTree(entries: TreeEntry[]): string;
  putCommit(commit: Commit): string;
  blob(sha: string): Buffer | undefined;
  tree(sha: string): TreeEntry[] | undefined;
  commit(sha: string): Commit | undefined;
};

const isTree = (entry: TreeEntry): boolean => entry.mode === '040000';

// Git sorts a directory as if its name ended in a slash.
const sortKey = (entry: TreeEntry): Buffer => Buffer.from(isTree(entry) ? `${entry.path}/` : entry.path);

const signed = (kind: string, one: Signature): string =>
  `${kind} ${one.name} <${one.email}> ${one.seconds} +0000\n`;

function encode(object: GitObject): Buffer {
  if (object.type === 'blob') return object.content;
  if (object.type === 'tree')
    return Buffer.concat(
      object.entries.flatMap((entry) => [
        Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.path}\0`),
        Buffer.from(entry.sha, 'hex'),
      ]),
    );
  const { tree, parents, author, committer, message } = object.commit;
  const head = `tree ${tree}\n${parents.map((parent) => `parent ${parent}\n`).join('')}`;
  return Buffer.from(`${head}${signed('author', author)}${signed('committer', committer)}\n${message}`);
}

/** Creates an empty object store. */
export function createObjectStore(): ObjectStore {
  const objects = new Map<string, GitObject>();
  const put = (object: GitObject): string => {
    const bytes = encode(object);
    const sha = createHash('sha1').update(`${object.type} ${bytes.length}\0`).update(bytes).digest('hex');
    objects.set(sha, object);
    return sha;
  };
  return {
    putBlob: (content) => put({ type: 'blob', content }),
    putTree: (entries) =>
      put({ type: 'tree', entries: entries.toSorted((a, b) => Buffer.compare(sortKey(a), sortKey(b))) }),
    putCommit: (commit) => put({ type: 'commit', commit }),
    blob(sha) {
      const object = objects.get(sha);
      return object?.type === 'blob' ? object.content : undefined;
    },
    tree(sha) {
      const object = objects.get(sha);
      return object?.type === 'tree' ? object.entries : undefined;
    },
    commit(sha) {
      const object = objects.get(sha);
      return object?.type === 'commit' ? object.commit : undefined;
    },
  };
}

/** Every file below a tree by its full path. */
export function filesOf(store: ObjectStore, tree: string, under = ''): Map<string, TreeEntry> {
  const files = new Map<string, TreeEntry>();
  for (const entry of store.tree(tree) ?? []) {
    const path = under + entry.path;
    if (isTree(entry))
      for (const [below, file] of filesOf(store, entry.sha, `${path}/`)) files.set(below, file);
    else files.set(path, { ...entry, path });
  }
  return files;
}

/** Stores the trees for a whole set of files by full path and returns the root tree's sha. */
export function putFiles(store: ObjectStore, files: Iterable<TreeEntry>): string {
  const here: TreeEntry[] = [];
  const below = new Map<string, TreeEntry[]>();
  for (const file of files) {
    const slash = file.path.indexOf('/');
    if (slash < 0) here.push(file);
    else {
      const name = file.path.slice(0, slash);
      below.set(name, [...(below.get(name) ?? []), { ...file, path: file.path.slice(slash + 1) }]);
    }
  }
  const folders = [...below].map(([path, entries]) => ({
    path,
    mode: '040000',
    sha: putFiles(store, entries),
  }));
  return store.putTree([...here, ...folders]);
}

/** Every commit reachable from `sha`, itself included, nearest first. */
export function historyOf(store: ObjectStore, sha: string): string[] {
  const seen = new Set([sha]);
  for (const one of seen) for (const parent of store.commit(one)?.parents ?? []) seen.add(parent);
  return [...seen];
}
