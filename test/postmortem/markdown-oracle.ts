import MarkdownIt from 'markdown-it';

// As permissive as GitHub: raw HTML, bare links, images, tables and strike-through are all on.
const github = new MarkdownIt({ html: true, linkify: true });
// GitHub links addresses with a scheme or `www.` and mail addresses, not every word with a dot.
github.linkify.set({ fuzzyLink: false, fuzzyEmail: true });

/** What a Markdown text would do on GitHub, and its shape without its words. */
export type Reading = {
  /** Kinds of blocks and inline marks in order: the same for two texts that differ in harmless words only. */
  outline: string[];
  links: string[];
  html: string[];
  images: number;
  /** Mentions, issue references and closing keywords that GitHub would act upon. */
  acts: string[];
};

const acting = [
  /(?<![\w`])@[a-z\d][a-z\d-]*/gi,
  /(?<![\w&])(?:#|GH-)\d+/gi,
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?#\d+/gi,
  /\bhttps?:\/\/\S+|\bwww\.\S+/gi,
];

/** Reads Markdown with a real parser, the way GitHub would. */
export function readMarkdown(text: string): Reading {
  const reading: Reading = { outline: [], links: [], html: [], images: 0, acts: [] };
  for (const token of github.parse(text, {})) {
    reading.outline.push(token.type === 'fence' ? `fence ${token.info}` : token.type + token.tag);
    if (token.type === 'html_block') reading.html.push(token.content);
    let words = '';
    for (const child of token.children ?? []) {
      if (child.type === 'text' || child.type === 'text_special') words += child.content;
      else if (child.type === 'softbreak') words += '\n';
      else reading.outline.push(child.type);
      if (child.type === 'link_open') reading.links.push(String(child.attrGet('href')));
      if (child.type === 'html_inline') reading.html.push(child.content);
      if (child.type === 'image') reading.images += 1;
    }
    for (const pattern of acting) reading.acts.push(...(words.match(pattern) ?? []));
  }
  return reading;
}
