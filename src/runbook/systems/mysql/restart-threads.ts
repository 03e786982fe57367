import type { Language } from '../../../incident/words.ts';
import { lookUntil } from '../../look-until.ts';
import type { Ask } from './ask-mysql.ts';
import { changeMessages } from './change-messages.ts';
import { type Channel, channelOf, isRestartable, isRunning } from './channel.ts';
import { dialectOf } from './dialect.ts';
import { meaningOf } from './error-numbers.ts';

/** How far a restart came; filled while it goes on, so that a broken connection can still be told. */
export type Restarted = {
  /** True as soon as a statement that changes something may have been heard, and once the first was carried out. */
  sent: boolean;
  stopped: boolean;
  before: Channel | null;
  after: Channel | null;
  /** Why nothing was sent. */
  refusal: string | null;
};

/** Which channel of which replica, and how long its threads may take. */
export type Restart = {
  address: string;
  channel: string;
  waitMs: number;
  signal: AbortSignal;
  language: Language;
};

/** An error that stopped the threads comes back only with the event that made it, which must be fetched anew. */
const steadyMs = 2000;

/**
 * Looks at the channel once more, and unless a restart would be idle or in vain, stops and starts it. Answers with why the threads
 * do not run, empty when they do.
 */
export async function restartThreads(ask: Ask, restart: Restart, done: Restarted): Promise<string> {
  const { address, channel, waitMs, signal, language } = restart;
  const say = changeMessages(language);
  const [{ version } = {}] = await ask('SELECT VERSION() AS version');
  const dialect = dialectOf(String(version));
  const look = async () =>
    (await ask(dialect.showReplica)).map(channelOf).find(({ name }) => name === channel) ?? null;
  done.before = await look();
  done.refusal = done.before === null ? say.noChannel(address, channel) : refusalOf(done.before);
  if (done.refusal !== null) return done.refusal;
  done.sent = true;
  await ask(dialect.stop(channel));
  done.stopped = true;
  await ask(dialect.start(channel));
  let since: number | null = null;
  const isSteady = (seen: Channel | null): boolean => {
    if (seen === null || !isRunning(seen)) since = null;
    else since ??= performance.now();
    return (
      (since !== null && performance.now() - since >= steadyMs) || (seen !== null && errorIn(seen) !== null)
    );
  };
  done.after = await lookUntil(look, isSteady, { everyMs: 250, forMs: waitMs, signal });
  const error = done.after && errorIn(done.after);
  if (error) return `${error.number}, ${meaningOf(error.number, language) ?? '?'}`;
  return done.after && isRunning(done.after) ? '' : `IO: ${done.after?.io}, SQL: ${done.after?.sql}`;

  function refusalOf(seen: Channel): string | null {
    if (isRunning(seen)) return say.runs(address);
    if (isRestartable(seen)) return null;
    const error = errorIn(seen);
    return error
      ? say.comesBack(address, error.number, meaningOf(error.number, language) ?? '?')
      : say.connecting(address);
  }
}

const errorIn = ({ io, sql, ioError, sqlError }: Channel) =>
  sql ? (io === 'Yes' ? null : ioError) : (sqlError ?? ioError);
