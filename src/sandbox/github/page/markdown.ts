import MarkdownIt from 'markdown-it';
import { type Html, raw } from '../../page/html.ts';

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false }).disable('image');

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

/** Markdown as safe HTML: no raw HTML, no images, no `javascript:` links. */
export const renderMarkdown = (text: string): Html => raw(markdown.render(text));

/** True for files that have a rendered view. */
export const isMarkdown = (path: string): boolean => /\.(?:md|markdown)$/i.test(path);
