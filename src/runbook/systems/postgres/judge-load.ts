import type { Language, Verdict } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import { type Finding, leading } from '../../finding.ts';
import type { Json, StepResult } from '../../step.ts';
import type { Answer } from './ask-postgres.ts';
import { type LoadMessages, loadMessages } from './load-messages.ts';
import type { LoadSays, LoadView, Session } from './load-view.ts';
import { type Blocker, blockersIn } from './lock-queue.ts';

/** From when on something counts, in seconds; `usedRatio` is of the connections that clients can have. */
export type LoadLimits = {
  waitSeconds: number;
  transactionSeconds: number;
  idleSeconds: number;
  usedRatio: number;
};

/** Turns a view into verdict, sentence, evidence and facts. Pure: the same view always gives the same result. */
export function judgeLoad(view: LoadView, limits: LoadLimits, language: Language): StepResult {
  const say = loadMessages(language);
  const findings = view.flatMap((answer) => findingsOf(answer, limits, say));
  return {
    ...leading(findings, healthy(view, say)),
    evidence: { columns: say.columns, rows: view.flatMap((answer) => rowsOf(answer, say)) },
    facts: factsOf(view, limits),
  };
}

/** From root to symptom: who holds a lock also makes connections pile up. */
function findingsOf(answer: Answer<LoadSays>, limits: LoadLimits, say: LoadMessages): Finding[] {
  const { address } = answer;
  if (answer.state === 'full')
    return [{ verdict: 'fail', cause: 'connections-exhausted', sentence: say.full(address, answer.reason) }];
  if (answer.state !== 'answered')
    return [{ verdict: 'unknown', sentence: say.notTold(address, say.how[answer.state], answer.reason) }];
  const { value } = answer;
  const findings: Finding[] = [];
  const add = (verdict: Verdict, sentence: string, cause?: string) =>
    findings.push({ verdict, sentence, ...(cause !== undefined && { cause }) });

  const [blocker] = longBlockers(value, limits);
  if (blocker) add('fail', blockedText(address, blocker, say), 'blocked-queries');
  const usable = value.max - value.reserved;
  const [holder] = value.holders;
  const who = holder ? say.holder(holder.count, holder.user, holder.application, holder.state) : say.nobody;
  if (value.used >= usable)
    add('fail', say.exhausted(address, value.used, usable, who), 'connections-exhausted');
  else if (value.used >= usable * limits.usedRatio)
    add('warn', say.nearlyFull(address, value.used, usable, who));
  const idle = idleIn(value).find(({ stateSeconds }) => stateSeconds > limits.idleSeconds);
  if (idle) add('warn', say.idle(address, sessionText(idle, say)));
  const long = longestOf(value);
  if (long && (long.transactionSeconds ?? 0) > limits.transactionSeconds)
    add('warn', say.long(address, sessionText(long, say)));
  if (value.hidden > 0) add('unknown', say.hidden(address));
  return findings;
}

/** Heads of lock queues in which somebody has waited for too long. */
const longBlockers = (says: LoadSays, { waitSeconds }: LoadLimits): Blocker[] =>
  blockersIn(says.sessions).filter(({ waiting }) => longestWait(waiting) > waitSeconds);

const longestWait = (waiting: Session[]) => Math.max(0, ...waiting.map((one) => one.waitSeconds ?? 0));

const idleIn = ({ sessions }: LoadSays) =>
  sessions
    .filter(({ kind, state }) => kind === 'client backend' && state.startsWith('idle in transaction'))
    .toSorted((a, b) => b.stateSeconds - a.stateSeconds);

const longestOf = ({ sessions }: LoadSays) =>
  sessions
    .filter(({ kind, transactionSeconds }) => kind === 'client backend' && transactionSeconds !== null)
    .toSorted((a, b) => (b.transactionSeconds ?? 0) - (a.transactionSeconds ?? 0))[0];

const time = (seconds: number | null) => formatDuration((seconds ?? 0) * 1000);

function blockedText(address: string, { session, waiting }: Blocker, say: LoadMessages): string {
  const wait = time(longestWait(waiting));
  return session
    ? say.blocked(address, waiting.length, wait, sessionText(session, say))
    : say.blockedByPrepared(address, waiting.length, wait);
}

const sessionText = (one: Session, say: LoadMessages) =>
  say.session(
    one.pid,
    one.user || one.kind,
    one.application,
    one.state,
    time(one.stateSeconds),
    time(one.transactionSeconds),
    one.query,
  );

function rowsOf(answer: Answer<LoadSays>, say: LoadMessages): string[][] {
  const { address } = answer;
  if (answer.state !== 'answered') return [[address, say.how[answer.state], '', answer.reason]];
  const { value } = answer;
  const holders = value.holders.map((one) => say.holder(one.count, one.user, one.application, one.state));
  const server = [
    address,
    say.connections(value.used, value.max, value.reserved),
    '',
    holders.join(', ') || say.nobody,
  ];
  const row = (session: Session, what: string, for_: string) => [
    `${address} #${session.pid}`,
    what,
    for_,
    sessionText(session, say),
  ];
  const queues = blockersIn(value.sessions).flatMap(({ session, waiting }) => [
    ...(session ? [row(session, say.blocks(waiting.length), time(longestWait(waiting)))] : []),
    ...waiting.map((one) =>
      row(one, say.waits(one.blockedBy.map((pid) => pid || say.prepared).join(', ')), time(one.waitSeconds)),
    ),
  ]);
  const queued = new Set(queues.map(([name]) => name));
  const long = longestOf(value);
  const rest = [...(long ? [long] : []), ...idleIn(value)]
    .filter((one, index, all) => all.indexOf(one) === index && !queued.has(`${address} #${one.pid}`))
    .slice(0, 5)
    .map((one) => row(one, say.transaction, time(one.transactionSeconds)));
  return [server, ...queues, ...rest];
}

function healthy(view: LoadView, say: LoadMessages): string {
  const { used, longest } = totals(view);
  const nodes = view.map(({ address }) => address).join(', ');
  return say.healthy(nodes, Math.round(used * 100), longest === 0 ? null : time(longest));
}

function totals(view: LoadView) {
  const says = view.flatMap((answer) => (answer.state === 'answered' ? [answer.value] : []));
  return {
    used: Math.max(0, ...says.map(({ used, max, reserved }) => used / (max - reserved))),
    longest: Math.max(0, ...says.map((one) => longestOf(one)?.transactionSeconds ?? 0)),
    idle: Math.max(0, ...says.map((one) => idleIn(one)[0]?.stateSeconds ?? 0)),
    blocked: says.reduce(
      (sum, { sessions }) => sum + sessions.filter((one) => one.blockedBy.length > 0).length,
      0,
    ),
  };
}

function factsOf(view: LoadView, limits: LoadLimits): Record<string, Json> {
  const { used, longest, idle, blocked } = totals(view);
  const writer = view.find((answer) => answer.state === 'answered' && !answer.value.inRecovery);
  const blockers = writer?.state === 'answered' ? longBlockers(writer.value, limits) : [];
  const [first] = blockers;
  return {
    exhausted: used >= 1 || view.some(({ state }) => state === 'full'),
    used_ratio: Math.round(used * 100) / 100,
    longest_transaction_seconds: Math.round(longest),
    idle_in_transaction_seconds: Math.round(idle),
    blocked,
    blockers: blockers.length,
    // Only a client's session may be ended; a prepared transaction or maintenance needs another cure.
    blocker:
      first?.session?.kind === 'client backend'
        ? { pid: first.session.pid, started: first.session.backendStart }
        : null,
  };
}
