import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Matcher, parseMatcher } from '../../../kit/matcher.ts';
import { Duration } from '../../input.ts';
import { ApiConnection } from '../http/ask-api.ts';
import type { ApiSilence } from './ask-alertmanager.ts';

const hour = 3_600_000;

const MatcherText = z
  .string()
  .max(500)
  .superRefine((text, context) => {
    const matcher = parseMatcher(text);
    if ('error' in matcher) context.addIssue({ code: 'custom', message: matcher.error });
  });

/** A silence as a runbook describes it. */
export const SilenceInput = z.strictObject({
  ...ApiConnection,
  matchers: z
    .array(MatcherText)
    .min(1)
    .max(10)
    .describe('Which alerts, in the notation of Alertmanager: alertname="…", service=~"a|b"'),
  owner: z.string().min(1).max(100).describe('Who answers for it'),
  reason: z.string().min(3).max(300).describe('Why it is right to be quiet'),
  for: Duration.refine((ms) => ms >= 60_000 && ms <= 24 * hour, 'must be between 1m and 24h')
    .prefault('1h')
    .describe('How long it lasts, 24h at most'),
});
export type SilenceInput = z.output<typeof SilenceInput>;

/** The parsed matchers of an input whose form was checked. */
export const matchersOf = ({ matchers }: Pick<SilenceInput, 'matchers'>): Matcher[] =>
  matchers.map((text) => parseMatcher(text) as Matcher);

/** Arbitrary values: a regular expression that takes one of them takes nearly everything. */
const arbitrary = ['', 'x', '0', 'Zq7-no-such-value'];

/**
 * True when the matchers name what they mean: at least one must ask for a value, or for a pattern that turns down what is
 * arbitrary. `severity!="info"` and `alertname=~".+"` fit nearly every alert.
 */
export const isSpecific = (matchers: readonly Matcher[]): boolean =>
  matchers.some(
    ({ operator, label, value, matches }) =>
      (operator === '=' && value !== '') ||
      (operator === '=~' && !arbitrary.some((one) => matches({ [label]: one }))),
  );

/** The matchers as the API takes them. */
export const apiMatchers = (matchers: readonly Matcher[]): ApiSilence['matchers'] =>
  matchers.map(({ label, operator, value }) => ({
    name: label,
    value,
    isRegex: operator.includes('~'),
    isEqual: !operator.startsWith('!'),
  }));

/** What marks a silence as this one, at the end of its comment: whatever gets lost, it is found again and not made twice. */
export function markOf({ matchers, owner, reason, for: ms }: SilenceInput): string {
  const what = JSON.stringify([[...matchers].sort(), owner, reason, ms]);
  return `[muster:${createHash('sha256').update(what).digest('hex').slice(0, 12)}]`;
}

/** This silence among those Alertmanager holds, if it is there and not over. */
export const ownSilence = (input: SilenceInput, silences: readonly ApiSilence[]): ApiSilence | undefined =>
  silences.find(({ comment, status }) => status.state !== 'expired' && comment.endsWith(markOf(input)));
