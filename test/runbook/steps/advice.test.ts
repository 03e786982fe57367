import { describe, expect, it } from 'vitest';
import { loadRunbook } from '../../../src/runbook/file/load-runbooks.ts';
import { pinRunbook } from '../../../src/runbook/file/pin-runbook.ts';
import { catalogue } from '../../../src/runbook/registry.ts';
import type { Json } from '../../../src/runbook/step.ts';
import { advice } from '../../../src/runbook/steps/advice.ts';
import { type GithubDeploys, startGithubDeploys } from '../../parts/github-deploys.ts';
import { freePort } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';
import { createScene } from '../run/scene.ts';

const started = '2026-03-02T03:00:00Z';
const earlier = (minutes: number) => new Date(Date.parse(started) - minutes * 60_000).toISOString();

it('says the decision and its reasons, in the language of the channel', async () => {
  const input = {
    decision: { en: 'Roll back.', ko: '롤백하세요.' },
    reasons: ['It is slow.', 'It is late.'],
  };
  expect(await runForReal(advice, input)).toMatchObject({
    verdict: 'pass',
    sentence: 'Roll back. It is slow. It is late.',
  });
  expect((await runForReal(advice, input, { language: 'ko' })).sentence).toMatch(/^롤백하세요\./);
});

describe('the shipped decision aid, played in an incident', () => {
  /** Answers yes or no to each question as it is asked, and gives back the advice that came out. */
  async function decide(
    deploys: (github: GithubDeploys) => void,
    answers: Record<string, boolean>,
    more: Record<string, Json> = {},
  ) {
    const github = await startGithubDeploys();
    deploys(github);
    const { runbook } = await loadRunbook('runbooks/roll-back-or-forward.yaml', catalogue);
    const service = {
      started,
      github_repository: 'example/orders',
      github_url: github.url,
      github_token: { secretRef: github.token },
      ...more,
    };
    const { steps } = pinRunbook(runbook!, catalogue, { service, labels: {}, language: 'en', url: null });
    const scene = createScene(steps, catalogue);
    const asked: string[] = [];
    for (let rounds = 0; rounds < 12; rounds++) {
      await scene.work(scene.settle());
      scene.clock.now += 1000;
      const open = scene
        .state()
        .runs[0]!.steps.find(({ uses, phase }) => uses === 'question' && phase.is === 'running');
      if (!open) continue;
      asked.push(open.id);
      const answer = { done: answers[open.id] === true, note: null };
      scene.give({
        type: 'AnswerManual',
        at: scene.clock.now,
        by: scene.minji,
        run: 'r@1',
        step: open.id,
        answer,
      });
    }
    await github.stop();
    const given = scene
      .state()
      .runs[0]!.steps.flatMap(({ id, uses, phase }) =>
        uses === 'advice' && phase.is === 'over' ? [`${id}: ${phase.report.sentence}`] : [],
      );
    return { asked, given, undo: scene.phase('undo') };
  }
  const deployed = (github: GithubDeploys) => {
    github.pulls.push({ number: 11, title: 'Retry', merged_at: earlier(6), files: ['src/a.ts'] });
  };
  const migrated = (github: GithubDeploys) => {
    github.pulls.push({
      number: 11,
      title: 'Split names',
      merged_at: earlier(6),
      files: ['db/migrations/1.sql'],
    });
  };
  const unreadable = (github: GithubDeploys) => {
    github.behave.status = 500;
  };

  it.each<[string, (github: GithubDeploys) => void, Record<string, boolean>, string[], RegExp]>([
    ['nothing was deployed', () => {}, {}, [], /^elsewhere: Neither/],
    ['no deploy is the cause', deployed, { caused: false }, ['caused'], /^elsewhere: Neither/],
    ['nobody can tell what was deployed', unreadable, { caused: false }, ['caused'], /^elsewhere: Neither/],
    [
      'a migration is seen',
      migrated,
      { caused: true },
      ['caused'],
      /^forward-schema: Lean to rolling forward/,
    ],
    [
      'the schema changed',
      deployed,
      { caused: true, schema: true },
      ['caused', 'schema'],
      /^forward-schema: /,
    ],
    [
      'the fix takes long',
      deployed,
      { caused: true, long: true },
      ['caused', 'schema', 'long'],
      /^back-long: Roll back\./,
    ],
    [
      'the fix ships at once',
      deployed,
      { caused: true, ready: true },
      ['caused', 'schema', 'long', 'ready'],
      /^forward-ready: Roll forward\./,
    ],
    [
      'the fix is not ready',
      deployed,
      { caused: true },
      ['caused', 'schema', 'long', 'ready'],
      /^back-not-ready: Roll back\. .* cannot ship at once/,
    ],
  ])('%s', async (_, deploys, answers, questions, advised) => {
    const { asked, given } = await decide(deploys, answers);
    expect(asked).toEqual(questions);
    expect(given).toEqual([expect.stringMatching(advised)]);
  });

  it('makes the roll-back ready to approve, where a Deployment is known', async () => {
    const known = {
      kubernetes_cluster: { api: `http://127.0.0.1:${await freePort()}` },
      kubernetes_deployment: 'orders',
    };
    const back = { caused: true, long: true };
    expect((await decide(deployed, back, known)).undo).toBe('proposed');
    expect((await decide(deployed, { caused: true, schema: true }, known)).undo).toBe('skipped');
    expect((await decide(deployed, back)).undo).toBe('skipped');
  });
});
