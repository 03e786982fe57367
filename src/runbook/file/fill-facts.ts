import type { PinnedStep } from '../../incident/steps.ts';
import type { Language } from '../../incident/words.ts';
import { messagesIn } from '../messages.ts';
import type { Catalogue } from '../registry.ts';
import type { JoinedStep } from '../run/join-parts.ts';
import type { Json } from '../step.ts';

/** `${steps.ID.facts.NAME}` in the input of a change: what an earlier look found, down to one named thing. */
const placeholder = /\$\{steps\.([a-z][a-z0-9-]*)\.facts((?:\.[a-zA-Z0-9_]+)+)\}/g;

/** The facts an input names: the step's id and the path in its facts, with the place where each stands. */
export function factsNamed(
  template: Json,
  at: (string | number)[] = [],
): { step: string; path: string[]; at: (string | number)[] }[] {
  if (typeof template === 'string') {
    return [...template.matchAll(placeholder)].map(([, step = '', path = '']) => ({
      step,
      path: path.slice(1).split('.'),
      at,
    }));
  }
  if (template === null || typeof template !== 'object') return [];
  return Object.entries(template).flatMap(([key, inner]) =>
    factsNamed(inner, [...at, Array.isArray(template) ? Number(key) : key]),
  );
}

/** What a step looks like once facts stand in its input; `preview` is null when that input is not valid. */
export type Filled = { input: Json; target: string; preview: string | null };

/** Puts what earlier looks found into a step's input, or names the facts that they did not find. */
export function fillFacts(
  step: Pick<PinnedStep, 'uses' | 'input'>,
  found: Record<string, JoinedStep>,
  catalogue: Catalogue,
  language: Language,
): Filled | { missing: string[] } {
  const template = step.input as Json;
  const missing = factsNamed(template)
    .filter(({ step: id, path }) => factOf(found, id, path) === undefined)
    .map(({ step: id, path }) => `steps.${id}.facts.${path.join('.')}`);
  if (missing.length > 0) return { missing: [...new Set(missing)] };
  const input = put(template, found);
  const entry = catalogue.get(step.uses);
  const parsed = entry?.input.safeParse(input);
  if (!entry || !parsed?.success) return { input, target: step.uses, preview: null };
  return {
    input,
    target: entry.target(parsed.data),
    preview: entry.preview?.(parsed.data, language) ?? null,
  };
}

/** A string that is nothing but a placeholder becomes the fact itself; inside longer text its text is inserted. */
function put(template: Json, found: Record<string, JoinedStep>): Json {
  if (typeof template === 'string') {
    const [whole] = factsNamed(template);
    if (whole && template.replace(placeholder, '') === '' && factsNamed(template).length === 1)
      return factOf(found, whole.step, whole.path)!;
    return template.replace(placeholder, (_, id: string, path: string) => {
      const fact = factOf(found, id, path.slice(1).split('.'))!;
      return typeof fact === 'string' ? fact : JSON.stringify(fact);
    });
  }
  if (Array.isArray(template)) return template.map((inner) => put(inner, found));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(Object.entries(template).map(([key, inner]) => [key, put(inner, found)]));
}

/** A fact that is null was not found either. */
function factOf(found: Record<string, JoinedStep>, id: string, path: readonly string[]): Json | undefined {
  let value: unknown = Object.hasOwn(found, id) ? found[id]?.facts : undefined;
  for (const key of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return (value ?? undefined) as Json | undefined;
}

/** The same for a run without an incident: the step as it is done, or why it is not. */
export const fillStep =
  (catalogue: Catalogue, language: Language) =>
  (step: PinnedStep, found: Record<string, JoinedStep>): PinnedStep | { skipped: string } => {
    if (factsNamed(step.input as Json).length === 0) return step;
    const filled = fillFacts(step, found, catalogue, language);
    return 'missing' in filled
      ? { skipped: messagesIn(language).factMissing(filled.missing.join(', ')) }
      : { ...step, ...filled };
  };
