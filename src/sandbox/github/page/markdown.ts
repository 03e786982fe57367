import MarkdownIt from 'markdown-it';
import { escapeHtml, type Html, raw } from '../../page/html.ts';

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false });

// GitHub's task lists: a list item that starts with `[ ] ` or `[x] `.
markdown.core.ruler.after('inline', 'tasks', (state) => {
  for (const [index, token] of state.tokens.entries()) {
    const item = state.tokens[index - 2];
    const first = token.children?.[0];
    if (token.type !== 'inline' || item?.type !== 'list_item_open' || first?.type !== 'text') continue;
    const [mark, done] = /^\[([ xX])\] /.exec(first.content) ?? [];
    if (mark === undefined) continue;
    first.content = first.content.slice(mark.length);
    item.attrJoin('class', 'task');
    const box = new state.Token('html_inline', '', 0);
    box.content = `<input type="checkbox" disabled${done === ' ' ? '' : ' checked'}> `;
    token.children?.unshift(box);
  }
});

markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index];
  token?.attrSet('target', '_blank');
  token?.attrSet('rel', 'noopener noreferrer nofollow');
  return self.renderToken(tokens, index, options);
};

// Only pictures that stand in the repository are shown; the page loads nothing from outside.
markdown.renderer.rules.image = (tokens, index, _options, env) => {
  const token = tokens[index];
  const words = escapeHtml(token?.content ?? '');
  const svg = (env as { svgOf: SvgOf }).svgOf(String(token?.attrGet('src') ?? ''));
  if (svg === undefined) return words;
  return `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}" alt="${words}">`;
};

/** Finds an SVG by its address relative to the document; undefined where the repository has none. */
export type SvgOf = (address: string) => string | undefined;

/** Markdown as safe HTML: no raw HTML, no pictures but those of the repository, no `javascript:` links. */
export const renderMarkdown = (text: string, svgOf: SvgOf = () => undefined): Html =>
  raw(markdown.render(text, { svgOf }));

/** True for files that have a rendered view. */
export const isMarkdown = (path: string): boolean => /\.(?:md|markdown)$/i.test(path);
