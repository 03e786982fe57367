import { type Html, html } from '../../page/html.ts';
import { idOf, type Pull, type User } from '../repository.ts';

/** The round picture of an account: initials on a colour of its own. */
export function avatar(user: User, size: 'small' | 'large' = 'small'): Html {
  const initials = user.name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  return html`<span class="avatar ${size} tint${idOf(user.login) % 7}" aria-hidden="true">${initials}</span>`;
}

/** An instant as GitHub shows older ones, in UTC. */
export function instant(at: number): Html {
  const shown = new Intl.DateTimeFormat('en-US', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(at);
  return html`<time datetime="${new Date(at).toISOString()}">${shown} UTC</time>`;
}

/** The drawings of the page, in the size of text. */
export const icons = {
  pull: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1.5 3.25a2.25 2.25 0 1 1 3 2.12v5.26a2.25 2.25 0 1 1-1.5 0V5.37A2.25 2.25 0 0 1 1.5 3.25Zm8 .5V2.5a.5.5 0 0 0-.85-.35L6.5 4.3a.5.5 0 0 0 0 .7l2.15 2.15a.5.5 0 0 0 .85-.35V5.25h1a.75.75 0 0 1 .75.75v4.63a2.25 2.25 0 1 0 1.5 0V6a2.25 2.25 0 0 0-2.25-2.25Z"/></svg>`,
  merge: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5.45 5.15A2.25 2.25 0 1 0 3 5.37v5.26a2.25 2.25 0 1 0 1.5 0V8.2a6.5 6.5 0 0 0 5.62 2.93 2.25 2.25 0 1 0 .1-1.5 5 5 0 0 1-4.77-4.48Z"/></svg>`,
  check: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M13.78 4.22a.75.75 0 0 1 0 1.06l-7.25 7.25a.75.75 0 0 1-1.06 0L2.22 9.28a.75.75 0 1 1 1.06-1.06L6 10.94l6.72-6.72a.75.75 0 0 1 1.06 0Z"/></svg>`,
  cross: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.72 3.72a.75.75 0 0 1 1.06 0L8 6.94l3.22-3.22a.75.75 0 1 1 1.06 1.06L9.06 8l3.22 3.22a.75.75 0 1 1-1.06 1.06L8 9.06l-3.22 3.22a.75.75 0 0 1-1.06-1.06L6.94 8 3.72 4.78a.75.75 0 0 1 0-1.06Z"/></svg>`,
  comment: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1 2.75C1 1.8 1.8 1 2.75 1h10.5c.97 0 1.75.8 1.75 1.75v7.5A1.75 1.75 0 0 1 13.25 12H9.06l-2.57 2.57A1.46 1.46 0 0 1 4 13.54V12H2.75A1.75 1.75 0 0 1 1 10.25Zm1.75-.25a.25.25 0 0 0-.25.25v7.5c0 .14.11.25.25.25h2a.75.75 0 0 1 .75.75v2.19l2.72-2.72a.75.75 0 0 1 .53-.22h4.5a.25.25 0 0 0 .25-.25v-7.5a.25.25 0 0 0-.25-.25Z"/></svg>`,
  eye: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2c3.2 0 5.9 2 7.4 5.1.3.6.3 1.2 0 1.8C13.9 12 11.2 14 8 14S2.1 12 .6 8.90a2 2 0 0 1 0-1.80C2.1 4 4.8 2 8 2Zm0 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z"/></svg>`,
  file: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 1.75C2 .8 2.8 0 3.75 0h6.59c.46 0 .9.18 1.24.51l2.91 2.91c.33.33.51.77.51 1.24v9.59A1.75 1.75 0 0 1 13.25 16h-9.50A1.75 1.75 0 0 1 2 14.25Zm7 .0v3c0 .14.11.25.25.25h3Z"/></svg>`,
} satisfies Record<string, Html>;

/** Open, merged or closed, as a coloured word with its sign. */
export function statePill(pull: Pull): Html {
  if (pull.merged) return html`<span class="state merged">${icons.merge} Merged</span>`;
  if (pull.closed) return html`<span class="state closed">${icons.pull} Closed</span>`;
  return html`<span class="state open">${icons.pull} Open</span>`;
}

/** A label; its colour follows from its name. */
export const labelTag = (name: string): Html =>
  html`<span class="label tint${idOf(name) % 8}">${name}</span>`;
