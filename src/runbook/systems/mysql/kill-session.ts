import { setTimeout as delay } from 'node:timers/promises';
import type { Language } from '../../../incident/words.ts';
import { lookUntil } from '../../look-until.ts';
import type { Ask } from './ask-mysql.ts';
import { changeMessages } from './change-messages.ts';
import { formatSeconds } from './format-seconds.ts';
import { type Session, sessionOf, viewLoad } from './load-view.ts';
import { headsOf } from './lock-queue.ts';

/** How far a kill came; filled while it goes on, so that a broken connection can still be told. */
export type Killed = { sent: boolean; seen: Session | null; refusal: string | null };

/** A connection as it was seen: who, and since when (ISO 8601) it has been doing what it does. */
export type Named = { id: number; user: string; host: string; started: string };

/** What is to end. Without a name it is the one connection that all who wait for a row lock wait for, for `minWait` seconds or more. */
export type Kill = {
  query: Named | undefined;
  what: 'query' | 'connection';
  minWait: number;
  signal: AbortSignal;
  language: Language;
};

/** Servers list whole seconds, rounded at both ends. */
const toleranceMs = 2000;

/** InnoDB shows its transactions and waits as they were when somebody asked within the last 100 ms: a second look is fresh. */
const staleMs = 150;

/** Looks for how long a killed statement may roll back before we say that it still does. */
const patienceMs = 8000;

/** Makes sure that the connection still is the one that was meant and does the same, and ends it. True once it is over. */
export async function killSession(ask: Ask, kill: Kill, done: Killed): Promise<boolean> {
  const { what, signal } = kill;
  const query = kill.query ?? (await soleBlocker(ask, kill));
  if (typeof query === 'string') {
    done.refusal = query;
    return false;
  }
  done.seen = await find(query.id);
  done.refusal = refusalOf(done.seen, query, kill);
  if (done.refusal !== null) return false;
  done.sent = true;
  await ask(`KILL ${what.toUpperCase()} ${query.id}`).catch((error: { errno?: number }) => {
    // 1094, unknown thread id: it ended by itself in between.
    if (error.errno !== 1094) throw error;
  });
  const over = (seen: Session | null) => isOver(seen, query, what);
  return over(await lookUntil(() => find(query.id), over, { everyMs: 200, forMs: patienceMs, signal }));

  async function find(id: number): Promise<Session | null> {
    const [{ now } = {}] = await ask("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%TZ') AS now");
    const rows = await ask('SHOW PROCESSLIST');
    const row = rows.find((one) => Number(one.Id) === id);
    return row ? sessionOf(row, Date.parse(String(now))) : null;
  }
}

/** The one connection at the head of all lock queues, or why there is none to end. */
async function soleBlocker(ask: Ask, { minWait, signal, language }: Kill): Promise<Named | string> {
  const say = changeMessages(language);
  await viewLoad(ask);
  await delay(staleMs, undefined, { signal });
  const view = await viewLoad(ask);
  const [head, ...more] = headsOf(view);
  const session = view.sessions.find(({ id }) => id === head?.id);
  if (head === undefined || session === undefined) return say.nobodyBlocks;
  if (more.length > 0) return say.severalBlock([head, ...more].map(({ id }) => id).join(', '));
  return head.seconds < minWait ? say.blocksShortly(head.id, formatSeconds(head.seconds)) : session;
}

/** Why this must not be killed; null when it may. Pure. */
export function refusalOf(seen: Session | null, query: Named, { what, language }: Kill): string | null {
  const say = changeMessages(language);
  const { id, user, host, started } = query;
  if (seen === null) return say.gone(id);
  if (seen.user !== user || seen.host !== host) return say.other(id, `${seen.user}@${seen.host}`);
  if (/^(system user|event_scheduler)$/.test(user) || /^(Binlog Dump|Daemon|Slave_)/.test(seen.command))
    return say.system(id, user);
  if (Math.abs(Date.parse(seen.started) - Date.parse(started)) > toleranceMs)
    return say.moved(id, seen.started);
  return what === 'query' && seen.command === 'Sleep' ? say.idle(id) : null;
}

const isOver = (seen: Session | null, { started }: Named, what: Kill['what']): boolean =>
  seen === null ||
  (what === 'query' &&
    (seen.command === 'Sleep' || Date.parse(seen.started) - Date.parse(started) > toleranceMs));
