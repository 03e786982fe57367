import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One merged pull request and the files it touches. Times are RFC 3339. */
type Merged = { number: number; title: string; merged_at: string | null; files: string[] };
type Deployment = { id: number; ref: string; environment: string; created_at: string; state: string };

/** A look-alike of the part of GitHub's REST API that tells of deploys; it wants its token, as a private repository does. */
export type GithubDeploys = {
  url: string;
  token: string;
  deployments: Deployment[];
  pulls: Merged[];
  asked: string[];
  /** Answers every request with this status instead. */
  behave: { status: number | null };
  stop: () => Promise<void>;
};

const repository = '/repos/example/orders';

/** Starts it with nothing deployed. Paths, fields and the 404 for who may not see are those of GitHub. */
export async function startGithubDeploys(): Promise<GithubDeploys> {
  const token = 'LOOK_ALIKE_TOKEN';
  const part = {
    token,
    deployments: [],
    pulls: [],
    asked: [],
    behave: { status: null },
  } as unknown as GithubDeploys;
  const answer = (url: URL): unknown => {
    const path = url.pathname.slice(repository.length);
    const environment = url.searchParams.get('environment');
    const [, kind, id, detail] = path.split('/');
    if (kind === 'deployments' && detail === 'statuses')
      return part.deployments.filter((one) => String(one.id) === id).map(({ state }) => ({ state }));
    if (kind === 'deployments')
      return part.deployments
        .filter((one) => environment === null || one.environment === environment)
        .map(({ state: _, ...one }) => one);
    if (kind === 'pulls' && detail === 'files')
      return part.pulls
        .filter((one) => String(one.number) === id)
        .flatMap(({ files }) => files.map((filename) => ({ filename })));
    if (kind === 'pulls') return part.pulls.map(({ files: _, ...one }) => one);
    return null;
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    part.asked.push(url.pathname);
    const known = request.headers.authorization === `Bearer ${token}` && url.pathname.startsWith(repository);
    const body = known ? answer(url) : null;
    const status = part.behave.status ?? (body === null ? 404 : 200);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? body : { message: 'Not Found', status: String(status) }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(part, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  });
}
