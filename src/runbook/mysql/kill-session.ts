import type { Language } from '../../incident/words.ts';
import { lookUntil } from '../redis/wait.ts';
import type { Ask } from './ask-mysql.ts';
import { changeMessages } from './change-messages.ts';
import { type Session, sessionOf } from './load-view.ts';

/** How far a kill came; filled while it goes on, so that a broken connection can still be told. */
export type Killed = { sent: boolean; seen: Session | null; refusal: string | null };

/** The one connection, as it was seen, and what is to end of it. `started` is ISO 8601. */
export type Kill = {
  id: number;
  user: string;
  host: string;
  started: string;
  what: 'query' | 'connection';
  signal: AbortSignal;
  language: Language;
};

/** Servers list whole seconds, rounded at both ends. */
const toleranceMs = 2000;

/** Looks for how long a killed statement may roll back before we say that it still does. */
const patienceMs = 8000;

/** Makes sure that the connection still is the one that was seen and does the same, and ends it. True once it is over. */
export async function killSession(ask: Ask, kill: Kill, done: Killed): Promise<boolean> {
  const { id, what, signal } = kill;
  done.seen = await find();
  done.refusal = refusalOf(done.seen, kill);
  if (done.refusal !== null) return false;
  done.sent = true;
  await ask(`KILL ${what.toUpperCase()} ${id}`).catch((error: { errno?: number }) => {
    // 1094, unknown thread id: it ended by itself in between.
    if (error.errno !== 1094) throw error;
  });
  const after = await lookUntil(find, (seen) => isOver(seen, kill), {
    everyMs: 200,
    forMs: patienceMs,
    signal,
  });
  return isOver(after, kill);

  async function find(): Promise<Session | null> {
    const [{ now } = {}] = await ask("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%TZ') AS now");
    const rows = await ask('SHOW PROCESSLIST');
    const row = rows.find((one) => Number(one.Id) === id);
    return row ? sessionOf(row, Date.parse(String(now))) : null;
  }
}

/** Why this must not be killed; null when it may. Pure. */
export function refusalOf(seen: Session | null, kill: Kill): string | null {
  const say = changeMessages(kill.language);
  const { id, user, host, started, what } = kill;
  if (seen === null) return say.gone(id);
  if (seen.user !== user || seen.host !== host) return say.other(id, `${seen.user}@${seen.host}`);
  if (/^(system user|event_scheduler)$/.test(user) || /^(Binlog Dump|Daemon)/.test(seen.command))
    return say.system(id, user);
  if (Math.abs(Date.parse(seen.started) - Date.parse(started)) > toleranceMs)
    return say.moved(id, seen.started);
  return what === 'query' && seen.command === 'Sleep' ? say.idle(id) : null;
}

const isOver = (seen: Session | null, { started, what }: Kill): boolean =>
  seen === null ||
  (what === 'query' &&
    (seen.command === 'Sleep' || Date.parse(seen.started) - Date.parse(started) > toleranceMs));
