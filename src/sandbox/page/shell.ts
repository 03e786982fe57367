import { html } from './html.ts';

/** A page beside the workspace, such as the pull request. */
export type Tab = { name: string; href: string };

const sheets = [
  'base',
  'blocks',
  'text',
  'side',
  'frame',
  'stories',
  'message',
  'reading',
  'modal',
  'narrow',
];

/** The empty page; its script fills it. */
export function shell(title: string, tabs: Tab[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${sheets.map((name) => html`<link rel="stylesheet" href="/page/${name}.css">`)}
<script type="module" src="/page/page.js"></script>
</head>
<body>
<nav id="top"><button type="button" id="menu" aria-label="Menu">☰</button><strong>${title}</strong><span class="tabs"><a class="tab current" href="/" aria-current="page">Slack</a>${tabs.map(
    ({ name, href }) => html`<a class="tab" href="${href}">${name}</a>`,
  )}</span></nav>
<div id="rail"></div>
<aside id="sidebar"></aside>
<main>
<header id="head"></header>
<div id="messages" tabindex="0" role="log"></div>
<form id="composer">
<div id="commands" hidden></div>
<div id="replying" hidden><span></span><button type="button" data-cancel-reply aria-label="✕">✕</button></div>
<div class="write"><textarea rows="1" maxlength="4000"></textarea><button type="submit" class="button primary">➤</button></div>
<div class="closed" hidden><span></span><button type="button" class="button" data-join></button></div>
</form>
</main>
<aside id="stories" hidden></aside>
<div id="veil" hidden></div>
<dialog id="confirm"><form method="dialog"><h2></h2><p></p><footer><button class="button" value="deny"></button><button class="button" value="confirm"></button></footer></form></dialog>
<div id="notice" role="status" hidden></div>
</body>
</html>
`.html;
}
