import type { Language } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import { sayFailure } from '../http/http-messages.ts';
import type { Deploy, SourceSays } from './deploy.ts';
import { deployMessages } from './deploy-messages.ts';

/** When it began, and how long before that a deploy is still a suspect. Milliseconds. */
export type DeployWindow = { started: number; beforeMs: number };

const minuteMs = 60_000;

/** Says what was deployed shortly before the start, the last one first. A deploy is a suspect, never a cause by itself. Pure. */
export function judgeDeploys(
  view: readonly SourceSays[],
  { started, beforeMs }: DeployWindow,
  language: Language,
): StepResult {
  const say = deployMessages(language);
  const all = view
    .flatMap((source) => ('deploys' in source ? source.deploys : []))
    .filter(({ at }) => at >= started - beforeMs)
    .toSorted((a, b) => b.at - a.at);
  const suspects = all.filter(({ at }) => at <= started);
  const since = all.filter(({ at }) => at > started);
  const silent = view.flatMap((source) => ('failure' in source ? [source] : []));
  const schema = suspects.find((deploy) => deploy.schema !== null);
  const last = suspects[0];
  const facts = {
    deploys: suspects.length,
    since: since.length,
    minutes_before: last ? minutesBefore(last, started) : null,
    schema: schema ? 'yes' : 'unknown',
    unread: silent.length,
  };
  const evidence = {
    columns: say.columns,
    rows: [
      ...all.map((deploy) => [
        say.offset(minutesBefore(deploy, started)),
        deploy.what,
        deploy.source,
        deploy.schema ?? '',
      ]),
      ...silent.map(({ source, failure }) => ['', say.unread(sayFailure(failure, language)), source, '']),
    ],
  };
  const window = Math.round(beforeMs / minuteMs);
  if (last) {
    const also = schema ? say.schema(schema.schema!) : '';
    const sentence = say.suspect(last.what, minutesBefore(last, started), suspects.length - 1, window);
    return { verdict: 'warn', sentence: `${sentence}${also}`, evidence, facts };
  }
  if (view.length === 0) return { verdict: 'unknown', sentence: say.nowhere, evidence, facts };
  if (silent.length > 0) {
    const names = silent
      .map(({ source, failure }) => `${source} (${sayFailure(failure, language)})`)
      .join('; ');
    return { verdict: 'unknown', sentence: say.cannotTell(names), evidence, facts };
  }
  return {
    verdict: 'pass',
    sentence: say.none(window, view.map(({ source }) => source).join(', ')),
    evidence,
    facts,
  };
}

const minutesBefore = ({ at }: Deploy, started: number): number => Math.round((started - at) / minuteMs);
