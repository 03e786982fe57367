import { createHash } from 'node:crypto';
import type { Language, Severity } from '../incident/words.ts';
import { showUtcMinute } from '../kit/instant.ts';
import { messagesIn } from './messages.ts';

/** What the page behind an acknowledge link shows. */
export type AcknowledgeView =
  | {
      is: 'open';
      name: string;
      severity: Severity;
      title: string;
      service: string | null;
      since: number;
      person: string;
    }
  | { is: 'acknowledged'; name: string; by: string }
  | { is: 'resolved'; name: string }
  | { is: 'unknown' | 'expired' | 'broken' };

const style = `:root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:34rem;padding:2rem 1.25rem;overflow-wrap:anywhere}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1.5rem}
dt{opacity:.7}dd{margin:0}
button{font:inherit;font-weight:600;width:100%;padding:1rem;border:0;border-radius:.6rem;background:#0b6e4f;color:#fff}
button:focus-visible{outline:3px solid #7fd1b9;outline-offset:3px}`;

/** The headers that go with the page: nothing but its own style runs or loads, and the address with its token stays here. */
export const acknowledgeHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
};

/** The page as HTML in the person's language, readable on a phone and without a script. */
export function acknowledgePage(view: AcknowledgeView, language: Language): string {
  const texts = messagesIn(language).link;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${texts.title}</title><style>${style}</style></head>
<body><main>${content(view, language)}</main></body>
</html>
`;
}

function content(view: AcknowledgeView, language: Language): string {
  const texts = messagesIn(language).link;
  switch (view.is) {
    case 'open': {
      const facts: [string, string][] = [
        ...(view.service ? [[texts.service, view.service] as [string, string]] : []),
        [texts.since, showUtcMinute(view.since)],
        [texts.forWhom, view.person],
      ];
      const rows = facts.map(([term, text]) => `<dt>${term}</dt><dd>${html(text)}</dd>`).join('');
      return `<h1>${view.severity} · ${html(view.title)}</h1>
<p>${html(view.name)}</p><dl>${rows}</dl>
<form method="post"><button>${texts.button}</button></form>
<p>${texts.explain}</p>`;
    }
    case 'acknowledged':
      return `<h1>${html(view.name)}</h1><p role="status">${html(texts.done(view.by))}</p>`;
    case 'resolved':
      return `<h1>${html(view.name)}</h1><p role="status">${texts.resolved}</p>`;
    case 'broken':
      return `<h1>${texts.title}</h1><p role="alert">${texts.broken}</p><form method="post"><button>${texts.button}</button></form>`;
    default:
      return `<h1>${texts[view.is]}</h1><p>${texts.elsewhere}</p>`;
  }
}

const html = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
