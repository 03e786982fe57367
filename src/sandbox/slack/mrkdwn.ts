/** A piece of parsed mrkdwn. `text` is plain, already unescaped: whoever renders it must escape it again. */
export type Node =
  | { type: 'text'; text: string }
  | { type: 'code' | 'pre'; children: Node[] }
  | { type: 'bold' | 'italic' | 'strike' | 'quote'; children: Node[] }
  | { type: 'emoji'; name: string }
  | { type: 'link'; url: string; text: string }
  | { type: 'date'; timestamp: number; format: string; fallback: string }
  | Mention;

/** A resolved mention: a person, a user group, a channel link, or everybody in reach. */
export type Mention =
  | { type: 'user'; id: string }
  | { type: 'usergroup'; id: string }
  | { type: 'channel'; id: string }
  | { type: 'broadcast'; range: 'channel' | 'here' | 'everyone' };

/**
 * Parses Slack's mrkdwn (platform-facts §3.7): control sequences first, as Slack's server does, so that a mention inside
 * a code span counts as well; then code, quotes, bold, italic, strike and emoji.
 */
export function parseMrkdwn(text: string): Node[] {
  const nodes: Node[] = [];
  const parts = text.split(/```([\s\S]+?)```/);
  parts.forEach((part, index) => {
    if (index % 2 === 1) nodes.push({ type: 'pre', children: controls(part.replace(/^\n/, '')) });
    else nodes.push(...lines(index > 0 ? part.replace(/^\n/, '') : part));
  });
  return nodes;
}

/** Parses the text of a message whose formatting is off (`mrkdwn: false`, `verbatim`): control sequences only. */
export function parseControls(text: string): Node[] {
  return controls(text);
}

/** All mentions in parsed mrkdwn, at any depth. */
export function mentionsIn(nodes: Node[]): Mention[] {
  return nodes.flatMap((node) => {
    if ('children' in node) return mentionsIn(node.children);
    return isMention(node) ? [node] : [];
  });
}

/** Undoes Slack's three escapes. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const isMention = (node: Node): node is Mention =>
  ['user', 'usergroup', 'channel', 'broadcast'].includes(node.type);

function lines(text: string): Node[] {
  const nodes: Node[] = [];
  let quoted: string[] = [];
  const closeQuote = () => {
    if (quoted.length > 0) nodes.push({ type: 'quote', children: inline(quoted.join('\n')) });
    quoted = [];
  };
  const plain: string[] = [];
  const closePlain = (last: boolean) => {
    if (plain.length > 0) nodes.push(...inline(plain.join('\n') + (last ? '' : '\n')));
    plain.length = 0;
  };
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quote) {
      closePlain(false);
      quoted.push(quote[1]!);
    } else {
      closeQuote();
      plain.push(line);
    }
  }
  closeQuote();
  closePlain(true);
  return nodes;
}

const span =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}])|:([a-z0-9_+'-]+):/gu;

function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(span)) {
    const [whole, code, control, bold, italic, strike, emoji] = match;
    pushText(nodes, text.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) nodes.push({ type: 'code', children: controls(code) });
    else if (control !== undefined) nodes.push(controlNode(control, whole));
    else if (bold !== undefined) nodes.push({ type: 'bold', children: inline(bold) });
    else if (italic !== undefined) nodes.push({ type: 'italic', children: inline(italic) });
    else if (strike !== undefined) nodes.push({ type: 'strike', children: inline(strike) });
    else nodes.push({ type: 'emoji', name: emoji! });
  }
  pushText(nodes, text.slice(end));
  return nodes;
}

function controls(text: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(/<([^<>\n]+)>/g)) {
    pushText(nodes, text.slice(end, match.index));
    end = match.index + match[0].length;
    nodes.push(controlNode(match[1]!, match[0]));
  }
  pushText(nodes, text.slice(end));
  return nodes;
}

function pushText(nodes: Node[], text: string): void {
  if (text) nodes.push({ type: 'text', text: unescapeText(text) });
}

function controlNode(inner: string, whole: string): Node {
  const [target = '', ...rest] = inner.split('|');
  const label = unescapeText(rest.join('|'));
  const id = target.slice(1);
  if (/^@[UWB][A-Z0-9]+$/.test(target)) return { type: 'user', id };
  if (/^#C[A-Z0-9]+$/.test(target)) return { type: 'channel', id };
  const group = /^!subteam\^(S[A-Z0-9]+)$/.exec(target);
  if (group) return { type: 'usergroup', id: group[1]! };
  const range = /^!(channel|here|everyone|group)$/.exec(target);
  if (range) return { type: 'broadcast', range: (range[1] === 'group' ? 'channel' : range[1]) as 'channel' };
  const date = /^!date\^(\d+)\^([^^]+)(?:\^.*)?$/.exec(target);
  if (date) return { type: 'date', timestamp: Number(date[1]), format: date[2]!, fallback: label };
  if (/^(https?:\/\/|mailto:|tel:|slack:)/i.test(target)) {
    const url = unescapeText(target);
    return { type: 'link', url, text: label || url.replace(/^(mailto|tel):/i, '') };
  }
  return { type: 'text', text: unescapeText(whole) };
}
