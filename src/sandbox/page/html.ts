/** HTML that may be inserted as it is; made only by `html` and `raw`. */
export type Html = { readonly html: string };

type Part = Html | string | number | undefined | false | null | Part[];

/** A template whose parts are escaped unless they are `Html` themselves; nothing, false and undefined leave no trace. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: strings.reduce((made, literal, index) => made + show(parts[index - 1]) + literal) };
}

/** Marks text that is known to be safe HTML, such as the output of a renderer that escapes. */
export function raw(safe: string): Html {
  return { html: safe };
}

/** Escapes text for HTML content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function show(part: Part): string {
  if (part === undefined || part === null || part === false) return '';
  if (Array.isArray(part)) return part.map(show).join('');
  return typeof part === 'object' ? part.html : escapeHtml(String(part));
}
