import type { Language } from '../../../incident/words.ts';
import type { Json, StepResult } from '../../step.ts';
import type { Answer } from './ask-mysql.ts';
import { formatSeconds } from './format-seconds.ts';
import { loadMessages } from './load-messages.ts';
import type { LoadView, Session } from './load-view.ts';
import { headsOf } from './lock-queue.ts';
import { missingGrant } from './missing-grant.ts';

/** Where healthy ends. `connections` is the share of max_connections, the others are seconds. */
export type LoadLimits = { account: string; connections: number; transaction: number; lockWait: number };

/** States of a session that waits for a lock which InnoDB's own list does not show. */
const waitsForTable = /^Waiting for .*(metadata lock|table level lock|read lock|backup lock|table flush)/i;

/** Turns a look at a server's connections, transactions and locks into verdict, sentence, evidence and facts. Pure. */
export function judgeLoad(answer: Answer<LoadView>, limits: LoadLimits, language: Language): StepResult {
  const say = loadMessages(language);
  const { address } = answer;
  if (answer.state !== 'answered') {
    const evidence = { columns: say.columns, rows: [] };
    const fail = (cause: string, sentence: string): StepResult => ({
      verdict: 'fail',
      cause,
      sentence,
      evidence,
      facts: nothingSeen,
    });
    if (answer.state === 'full') return fail('connections-exhausted', say.full(address));
    if (answer.state === 'refused') return fail('server-down', say.down(address));
    if (answer.state === 'silent') return fail('server-frozen', say.frozen(address));
    const sentence =
      answer.state === 'ungranted'
        ? say.ungranted(address, missingGrant(answer.reason), limits.account)
        : say.cannotLook(address, answer.reason);
    return { verdict: 'unknown', sentence, evidence, facts: nothingSeen };
  }
  const view = answer.value;
  const { connected, maxConnections, sessions, transactions } = view;
  const session = (id: number) => sessions.find((one) => one.id === id);
  const waiters = transactions.filter(({ waiting }) => waiting !== null);
  const tableWaiters = sessions.filter(({ state }) => waitsForTable.test(state));
  const longestWait = Math.max(
    0,
    ...waiters.map(({ waiting }) => waiting ?? 0),
    ...tableWaiters.map(({ seconds }) => seconds),
  );
  const heads = headsOf(view);
  const blocking = heads[0] && session(heads[0].id);
  const longest = transactions.toSorted((a, b) => b.seconds - a.seconds)[0];
  const holder = longest && session(longest.session);
  const waiting = new Set([...waiters.map((one) => one.session), ...tableWaiters.map(({ id }) => id)]).size;
  const crowd = crowdOf(sessions);
  const used = connected / maxConnections;

  return {
    ...finding(),
    evidence: {
      columns: say.columns,
      rows: [
        [
          say.rows.connections,
          '',
          crowd?.who ?? '',
          '',
          say.turnedAway(view.turnedAway),
          `${connected} / ${maxConnections}`,
        ],
        ...(blocking ? [rowOf(say.rows.blocker, blocking)] : []),
        ...waiters.slice(0, 5).flatMap((one) => {
          const found = session(one.session);
          return found ? [rowOf(say.rows.waiter, found)] : [];
        }),
        ...tableWaiters.slice(0, 5).map((one) => rowOf(say.rows.waiter, one)),
        ...(longest && holder && holder !== blocking
          ? [rowOf(say.rows.transaction, { ...holder, seconds: longest.seconds })]
          : []),
      ],
    },
    facts: {
      connected,
      max_connections: maxConnections,
      turned_away: view.turnedAway,
      waiting,
      longest_wait_seconds: longestWait,
      longest_transaction_seconds: longest?.seconds ?? 0,
      blockers: heads.length,
      blocker: blocking ? identityOf(blocking) : {},
    },
  };

  function finding(): Pick<StepResult, 'verdict' | 'sentence' | 'cause'> {
    const full = connected >= maxConnections;
    const blocked = longestWait >= limits.lockWait;
    // Connections pile up behind a lock: then the lock is the root, and they are its symptom.
    if (blocked && (!full || waiting * 2 >= connected)) {
      const count = String(waiting);
      const sentence = blocking
        ? say.blocked(
            address,
            whoIs(blocking),
            count,
            formatSeconds(longestWait),
            say.doing(blocking.command),
          )
        : say.blockedByUnknown(address, count, formatSeconds(longestWait));
      return { verdict: 'fail', cause: 'lock-waits', sentence };
    }
    if (full) {
      const sentence = say.exhausted(address, connected, maxConnections, crowd?.text(say) ?? '');
      return { verdict: 'fail', cause: 'connections-exhausted', sentence };
    }
    if (used >= limits.connections) {
      return {
        verdict: 'warn',
        sentence: say.nearlyFull(address, connected, maxConnections, crowd?.text(say) ?? ''),
      };
    }
    if (longest && holder && longest.seconds >= limits.transaction) {
      return {
        verdict: 'warn',
        sentence: say.longTransaction(address, whoIs(holder), formatSeconds(longest.seconds)),
      };
    }
    return { verdict: 'pass', sentence: say.healthy(address, connected, maxConnections) };
  }

  function rowOf(what: string, one: Session): string[] {
    return [
      what,
      String(one.id),
      whoIs(one),
      formatSeconds(one.seconds),
      one.state || one.command,
      one.statement,
    ];
  }
}

/** The facts of a server that could not be looked at, for conditions. */
const nothingSeen: Record<string, Json> = { blockers: 0, blocker: {}, waiting: 0 };

/** What identifies a connection's present command, as `mysql-kill-query` wants it. */
const identityOf = ({ id, user, host, started }: Session): Record<string, Json> => ({
  id,
  user,
  host,
  started,
});

const whoIs = ({ id, user, host }: Session) => `${id} (${user}@${host})`;

/** The account with most connections, and how many of them only sleep. */
function crowdOf(sessions: readonly Session[]) {
  const groups = Map.groupBy(sessions, ({ user, host }) => `${user}@${host.replace(/:\d+$/, '')}`);
  const [who, members] = [...groups].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  if (who === undefined || members === undefined) return null;
  const asleep = members.filter(({ command }) => command === 'Sleep').length;
  const text = (say: ReturnType<typeof loadMessages>) => say.crowd(who, members.length, asleep);
  return { who: `${who}: ${members.length}`, text };
}
