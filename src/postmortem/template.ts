import { Liquid, type Template as Parsed } from 'liquidjs';
import { Failure } from '../kit/failure.ts';
import { fence, markdownLink, markdownText, oneLine } from '../kit/text.ts';

/** A parsed template: renders plain data to Markdown. */
export type Template = (view: object) => string;

/** The longest text GitHub takes as the body of a pull request is 65,536 characters; files are kept far below 1 MB. */
const memoryLimit = 20_000_000;

/** Inline code: one line, shown exactly except for backticks and table bars, for which it has no escape. */
const code = (text: string): string =>
  `\`${oneLine(text).replaceAll('`', 'ˋ').replaceAll('|', '¦') || ' '}\``;

/** A picture that stands beside the document; only its words where the name is not one that we make. */
const picture = (file: string, alt: string): string =>
  /^[a-z0-9.-]+\.svg$/.test(file) ? `![${markdownText(oneLine(alt))}](${file})` : markdownText(alt);

/**
 * Creates the parser for Markdown templates in Liquid. Whatever a template prints is first redacted and then made harmless as
 * Markdown; `code`, `fence`, `link: label` and `picture: words` are the only other ways out, and each is harmless by itself. There is no `raw`, no
 * file system, no inherited property, and parsing, rendering and memory are limited. An unknown variable or filter is a Failure
 * (`template-invalid`) with file, line and column.
 */
export function createTemplates(redact: (text: string) => string): (text: string, file: string) => Template {
  const clean = (value: unknown): string =>
    redact(value === null || value === undefined ? '' : String(value));
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    templates: {},
    parseLimit: 200_000,
    renderLimit: 10_000,
    memoryLimit,
    outputEscape: (value: unknown) => markdownText(clean(value)),
  });
  engine.registerFilter('raw', (value: unknown) => value);
  engine.registerFilter('code', { raw: true, handler: (value: unknown) => code(clean(value)) });
  engine.registerFilter('fence', { raw: true, handler: (value: unknown) => fence(clean(value)) });
  engine.registerFilter('link', {
    raw: true,
    handler: (url: unknown, label: unknown) => markdownLink(clean(url), clean(label)),
  });
  engine.registerFilter('picture', {
    raw: true,
    handler: (file: unknown, alt: unknown) => picture(clean(file), clean(alt)),
  });
  return (text, file) => {
    const parsed = guarded(file, () => engine.parse(text, file));
    return (view) => guarded(file, () => render(engine, parsed, view));
  };
}

// What Liquid leaves of a loop's line breaks would split Markdown lists and paragraphs.
const render = (engine: Liquid, parsed: Parsed[], view: object): string =>
  `${(engine.renderSync(parsed, view) as string).replace(/\n{3,}/g, '\n\n').trim()}\n`;

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const message = oneLine((cause as Error).message, 300);
    const [, line = '1', column = '1'] = /line:(\d+), col:(\d+)/.exec(message) ?? [];
    throw new Failure({
      code: 'template-invalid',
      what: `The template can't be used: ${message}`,
      value: `${file}:${line}:${column}`,
      remedy: 'Correct the template; `muster check` reads all of them.',
      retry: 'never',
      cause,
    });
  }
}
