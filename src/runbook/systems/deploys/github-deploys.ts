import { z } from 'zod';
import { Failure } from '../../../kit/failure.ts';
import { failureOfStatus } from '../../../kit/outbound-failure.ts';
import { compilePattern } from '../../../kit/pattern.ts';
import type { AskApi } from '../http/ask-api.ts';
import type { Deploy } from './deploy.ts';

const Deployments = z.array(
  z.object({
    id: z.number(),
    ref: z.string(),
    environment: z.string().nullish(),
    created_at: z.iso.datetime(),
  }),
);
const Statuses = z.array(z.object({ state: z.string() }));
const Pulls = z.array(
  z.object({ number: z.number(), title: z.string(), merged_at: z.iso.datetime().nullish() }),
);
const Files = z.array(z.object({ filename: z.string() }));

/** The repository to ask, from when on (epoch milliseconds), and the paths (RE2) that are a change of the schema. */
export type GithubQuestion = {
  repository: string;
  environment: string | null | undefined;
  from: number;
  schema: readonly string[];
};

/** Of how many deployments the state is read, and of how many merged pull requests the files. */
const maxDetails = 5;

/**
 * Deployments and merged pull requests of a repository since a moment (GitHub REST API 2022-11-28). Needs a token that may
 * read Deployments and Pull requests. What is no whole answer throws its Failure.
 */
export async function githubDeploys(ask: AskApi, question: GithubQuestion): Promise<Deploy[]> {
  const [deployments, pulls] = await Promise.all([deploymentsOf(ask, question), pullsOf(ask, question)]);
  return [...deployments, ...pulls];
}

async function deploymentsOf(ask: AskApi, question: GithubQuestion): Promise<Deploy[]> {
  const { repository, environment } = question;
  const path = `/repos/${repository}/deployments`;
  const query: [string, string][] = [['per_page', '30'], ...only('environment', environment)];
  const found = (await get(ask, path, query, Deployments)).filter(({ created_at }) =>
    within(created_at, question),
  );
  return Promise.all(
    found.slice(0, maxDetails).map(async (one) => {
      const [last] = await get(ask, `${path}/${one.id}/statuses`, [['per_page', '1']], Statuses);
      const where = one.environment ? ` → ${one.environment}` : '';
      const what = `deployment ${one.ref}${where}${last ? ` (${last.state})` : ''}`;
      return { source: 'github' as const, what, at: Date.parse(one.created_at), schema: null };
    }),
  );
}

async function pullsOf(ask: AskApi, question: GithubQuestion): Promise<Deploy[]> {
  const path = `/repos/${question.repository}/pulls`;
  const newest: [string, string][] = [
    ['state', 'closed'],
    ['sort', 'updated'],
    ['direction', 'desc'],
    ['per_page', '50'],
  ];
  const merged = (await get(ask, path, newest, Pulls)).flatMap((pull) =>
    pull.merged_at && within(pull.merged_at, question) ? [{ ...pull, merged_at: pull.merged_at }] : [],
  );
  const patterns = question.schema.map(compilePattern).filter((one) => 'matches' in one);
  return Promise.all(
    merged.map(async ({ number, title, merged_at }, index) => {
      const files =
        index < maxDetails ? await get(ask, `${path}/${number}/files`, [['per_page', '100']], Files) : [];
      const schema = files.find(({ filename }) => patterns.some((pattern) => pattern.matches(filename)));
      const at = Date.parse(merged_at);
      return { source: 'github' as const, what: `#${number} ${title}`, at, schema: schema?.filename ?? null };
    }),
  );
}

async function get<T>(ask: AskApi, path: string, query: [string, string][], shape: z.ZodType<T>): Promise<T> {
  const answer = await ask({ path, query });
  if (answer instanceof Failure) throw answer;
  if (answer.status !== 200) throw failureOfStatus(answer, `GitHub ${path}`);
  const parsed = shape.safeParse(jsonOf(answer.text));
  if (parsed.success) return parsed.data;
  throw new Failure({
    code: 'github-shape',
    retry: 'never',
    what: 'What answers is not the REST API of GitHub',
    value: path,
    remedy: 'Check the base address: GitHub Enterprise has https://HOST/api/v3.',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const only = (name: string, value: string | null | undefined): [string, string][] =>
  value ? [[name, value]] : [];

const within = (time: string, { from }: GithubQuestion): boolean => Date.parse(time) >= from;
