import type { Request, Router } from 'express';
import type { Respond } from './api.ts';
import { ApiError, notFound, validationFailed } from './api-error.ts';
import { filesOf, historyOf, putFiles, type Signature, type TreeEntry } from './git-objects.ts';
import { filesAt, type Repository, type User } from './repository.ts';
import { type Addresses, showCommit, showRef, showTree } from './shapes.ts';

type GivenSignature = { name?: string; email?: string; date?: string };

const branchIn = (request: Request): string =>
  [request.params.ref]
    .flat()
    .join('/')
    .replace(/^refs\//, '')
    .replace(/^heads\//, '');

function signature(given: GivenSignature | undefined, by: User, now: number): Signature {
  const at = given?.date ? Date.parse(given.date) : now;
  if (Number.isNaN(at)) throw validationFailed({ resource: 'Commit', field: 'date', code: 'invalid' });
  const email = given?.email ?? `${by.login}@users.noreply.github.com`;
  return { name: given?.name ?? by.name, email, seconds: Math.floor(at / 1000) };
}

function refused(message: string): ApiError {
  return new ApiError(422, message);
}

/** The git database part of the API (https://docs.github.com/rest/git) and the contents of a file. */
export function gitRoutes(
  api: Router,
  respond: Respond,
  repository: Repository,
  at: () => Addresses,
  now: () => number,
  changed: () => void,
): void {
  const { store, branches } = repository;
  const commitOf = (sha: unknown) => {
    const commit = store.commit(String(sha));
    if (!commit) throw notFound();
    return commit;
  };
  const inUse = () => {
    if (branches.size === 0) throw new ApiError(409, 'Git Repository is empty.');
  };

  api.get(
    '/git/ref/*ref',
    respond('read', (request) => {
      inUse();
      const branch = branchIn(request);
      const sha = branches.get(branch);
      if (!sha) throw notFound();
      return showRef(repository, branch, sha, at());
    }),
  );

  api.get(
    '/git/matching-refs/*ref',
    respond('read', (request) => {
      inUse();
      return [...branches]
        .filter(([branch]) => branch.startsWith(branchIn(request)))
        .map(([branch, sha]) => showRef(repository, branch, sha, at()));
    }),
  );

  api.post(
    '/git/refs',
    respond('create', (request) => {
      inUse();
      const { ref, sha } = request.body;
      if (typeof ref !== 'string' || !/^refs\/heads\/[^\s~^:?*[\\]+$/.test(ref))
        throw refused(`${ref} is not a valid ref name.`);
      const branch = ref.slice('refs/heads/'.length);
      if (!store.commit(String(sha))) throw refused('Object does not exist');
      if (branches.has(branch)) throw refused('Reference already exists');
      branches.set(branch, sha);
      changed();
      return showRef(repository, branch, sha, at());
    }),
  );

  api.patch(
    '/git/refs/*ref',
    respond('write', (request) => {
      const branch = branchIn(request);
      const { sha, force } = request.body;
      const current = branches.get(branch);
      if (!current) throw refused('Reference does not exist');
      if (!store.commit(String(sha))) throw refused('Object does not exist');
      if (!force && !historyOf(store, sha).includes(current)) throw refused('Update is not a fast forward');
      branches.set(branch, sha);
      changed();
      return showRef(repository, branch, sha, at());
    }),
  );

  api.delete(
    '/git/refs/*ref',
    respond('delete', (request) => {
      if (!branches.delete(branchIn(request))) throw refused('Reference does not exist');
      changed();
    }),
  );

  api.get(
    '/git/commits/:sha',
    respond('read', (request) =>
      showCommit(repository, String(request.params.sha), commitOf(request.params.sha), at()),
    ),
  );

  api.post(
    '/git/commits',
    respond('create', (request, by) => {
      inUse();
      const { message, tree, parents = [], author, committer } = request.body;
      if (typeof message !== 'string')
        throw validationFailed({ resource: 'Commit', field: 'message', code: 'missing_field' });
      if (!store.tree(String(tree))) throw refused('Tree SHA does not exist');
      for (const parent of parents)
        if (!store.commit(String(parent)))
          throw refused('Parent SHA does not exist or is not a commit object');
      const writer = signature(author, by, now());
      const commit = {
        message,
        tree,
        parents,
        author: writer,
        committer: committer ? signature(committer, by, now()) : writer,
      };
      return showCommit(repository, store.putCommit(commit), commit, at());
    }),
  );

  api.get(
    '/git/trees/:sha',
    respond('read', (request) => {
      const sha = String(request.params.sha);
      const tree = store.commit(branches.get(sha) ?? sha)?.tree ?? sha;
      if (!store.tree(tree)) throw notFound();
      return showTree(repository, tree, request.query.recursive !== undefined, at());
    }),
  );

  api.post(
    '/git/trees',
    respond('create', (request) => {
      inUse();
      const { base_tree: base, tree } = request.body;
      if (!Array.isArray(tree)) throw refused('Invalid tree info');
      const baseTree = store.commit(String(base))?.tree ?? base;
      if (base && !store.tree(baseTree)) throw notFound();
      const files = base ? filesOf(store, baseTree) : new Map<string, TreeEntry>();
      for (const entry of tree) {
        const { path, mode, sha, content } = entry;
        if (typeof path !== 'string' || /^\/|(^|\/)\.\.?(\/|$)|(^|\/)\.git(\/|$)|\/$|\/\//.test(path))
          throw refused('tree.path contains a malformed path component');
        if (sha === null) files.delete(path);
        else if (typeof content === 'string')
          files.set(path, { path, mode, sha: store.putBlob(Buffer.from(content)) });
        else if (store.blob(String(sha))) files.set(path, { path, mode, sha });
        else throw refused(`tree.sha ${sha} is not a valid blob`);
      }
      return showTree(repository, putFiles(store, files.values()), false, at());
    }),
  );

  api.post(
    '/git/blobs',
    respond('create', (request) => {
      inUse();
      const { content, encoding = 'utf-8' } = request.body;
      if (typeof content !== 'string')
        throw validationFailed({ resource: 'Blob', field: 'content', code: 'missing_field' });
      const sha = store.putBlob(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
      return { sha, url: `${at().api}/repos/${repository.owner}/${repository.name}/git/blobs/${sha}` };
    }),
  );

  api.get(
    '/git/blobs/:sha',
    respond('read', (request) => {
      const content = store.blob(String(request.params.sha));
      if (!content) throw notFound();
      return {
        sha: request.params.sha,
        size: content.length,
        encoding: 'base64',
        content: content.toString('base64'),
      };
    }),
  );

  api.get(
    '/contents/*path',
    respond('read', (request) => {
      const path = [request.params.path].flat().join('/');
      const ref = String(request.query.ref ?? repository.defaultBranch).replace(/^refs\/heads\//, '');
      const file = filesAt(repository, branches.get(ref) ?? ref).get(path);
      const content = file && store.blob(file.sha);
      if (!content) throw notFound();
      return {
        type: 'file',
        name: path.split('/').at(-1),
        path,
        sha: file.sha,
        size: content.length,
        encoding: 'base64',
        content: content.toString('base64'),
        html_url: `${at().web}/${repository.owner}/${repository.name}/blob/${ref}/${path}`,
      };
    }),
  );
}
