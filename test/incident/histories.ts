import fc from 'fast-check';
import type { Command } from '../../src/incident/commands.ts';
import { isRefusal } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { PinnedStep } from '../../src/incident/steps.ts';
import { severities } from '../../src/incident/words.ts';
import { alert, minute, opening, person, receive, receiver, t0, treatments } from './given.ts';

/** What time alone brings about in these histories. */
export const rules = { resolveAfterMs: 20 * minute, takeIcAfterMs: 5 * minute };

const step = (id: string, effect: PinnedStep['effect']): PinnedStep => ({
  id,
  uses: id,
  title: id,
  effect,
  input: {},
  target: 'orders',
  preview: effect === 'change' ? 'SENTINEL FAILOVER' : null,
  condition: null,
  needs: [],
  check: null,
  approvers: { roles: ['ops'], people: [], count: 1 as const },
  location: null,
  timeoutMs: 1000,
});
const runbook = {
  run: 'redis@1',
  name: 'redis',
  version: '1',
  title: 'Redis',
  url: null,
  recheckMs: 180_000,
  budgetMs: 120_000,
  steps: [step('look', 'read'), step('change', 'change'), step('ask', 'manual')],
};
const report = {
  verdict: 'pass' as const,
  sentence: 'ok',
  evidence: { columns: [], rows: [] },
  facts: {},
  startedAt: t0,
  ms: 1,
};

const of = fc.constantFrom;
const who = of('minji', 'jun', 'hana');
const actor = fc.oneof(
  { weight: 4, arbitrary: who.map(person) },
  { weight: 1, arbitrary: fc.constant(receiver) },
);
const round = of(1, 2, 3);
const named = fc.record({ run: fc.constant('redis@1'), step: of('look', 'change', 'change', 'ask') });
const attempt = of(1, 1, 1, 2, 3);
const hash = of('h1', 'h1', 'h2');
const role = of('ic', 'comms', 'ops', 'tech') as fc.Arbitrary<'ic' | 'ops'>;
const reason = of(null, ' ', 'because');

const alerts = fc
  .uniqueArray(
    fc.tuple(of('A', 'B', 'C'), of(...severities), fc.boolean(), fc.integer({ min: -5, max: 5 })),
    {
      selector: ([name]) => name,
      maxLength: 3,
    },
  )
  .map((chosen) => (at: number) => {
    const fires = chosen.filter(([, , is]) => is);
    const lead = fires.map(([, severity]) => severity).sort()[0] ?? 'P2';
    return receive({
      at,
      opening: opening({ severity: lead }),
      firing: fires.map(([name, severity, , minutes]) =>
        alert(name, { severity, startsAt: at + minutes * minute }),
      ),
      resolved: chosen
        .filter(([, , is]) => !is)
        .map(([fingerprint, , , minutes]) => ({ fingerprint, at: at + minutes * minute })),
    });
  });

type Body = Command extends infer C ? (C extends Command ? Omit<C, 'at' | 'by'> : never) : never;
const body = (...given: fc.Arbitrary<Body>[]) => fc.oneof(...given);
const page = { level: 1, person: 'minji', pager: 'slack' };
const bodies = body(
  fc.record({ type: of('Acknowledge') }),
  fc.record({ type: of('Resolve'), rule: of('person'), reason }),
  fc.record({ type: of('Reopen'), rule: of('person'), reason }),
  fc.record({ type: of('Tick'), rules: fc.constant(rules) }),
  fc.record({
    type: of('ChangeSeverity'),
    to: of(...severities),
    reason,
    rule: of('person'),
    treatments: fc.constant(treatments),
  }),
  fc.record({ type: of('AssignRole'), role, person: who }),
  fc.record({ type: of('AcceptRole'), role }),
  fc.record({ type: of('DeclineHandoff'), role }),
  fc.record({ type: of('ReportNobodyOnCall'), round, level: of(1, 2), rule: of('nobody') }),
  round.map((n) => ({
    type: 'StartLevel' as const,
    level: { round: n, level: 1, people: ['minji'], via: ['slack'], fallback: [], rule: 'P1' },
  })),
  round.map((n) => ({
    type: 'RecordPage' as const,
    page: { type: 'PageSent' as const, key: `k${n}`, round: n, ...page },
  })),
  fc.record({ n: round, at: of(null, t0) }).map(({ n, at }) => ({
    type: 'RecordPage' as const,
    page: { type: 'PageFailed' as const, key: `k${n}`, round: n, ...page, code: 'x', why: 'x', retryAt: at },
  })),
  of({ type: 'StartRunbook', runbook, rule: 'matched' } as const),
  fc.record({ type: of('RecordStepStarted'), attempt }).chain((b) => named.map((n) => ({ ...b, ...n }))),
  fc
    .record({ attempt })
    .chain((b) => named.map((n) => ({ type: 'RecordStep' as const, report, ...b, ...n }))),
  fc
    .record({ attempt, verdict: of('fail', 'pass') })
    .chain(({ attempt: n, verdict }) =>
      named.map((s) => ({ type: 'RecheckStep' as const, report: { ...report, verdict }, attempt: n, ...s })),
    ),
  attempt.chain((n) =>
    named.map((s) => ({ type: 'HoldUpStep' as const, holder: 'inc-9', attempt: n, ...s })),
  ),
  of({ type: 'CancelRunbook', run: runbook.run } as const),
  named.map((n) => ({ type: 'SkipStep' as const, why: 'no', ...n })),
  named.map((n) => ({ type: 'RequestStep' as const, ...n })),
  fc
    .record({ hash })
    .chain((b) => named.map((n) => ({ type: 'ProposeStep' as const, preview: 'x', ...b, ...n }))),
  fc
    .record({ hash, glass: of(null, null, ' ', 'it burns') })
    .chain((b) => named.map((n) => ({ type: 'ApproveStep' as const, ...b, ...n }))),
  named.map((n) => ({ type: 'DeclineStep' as const, reason: null, ...n })),
  fc.record({ hash, attempt }).chain((b) => named.map((n) => ({ type: 'IntendStep' as const, ...b, ...n }))),
  attempt.chain((n) =>
    named.map((s) => ({ type: 'RecordStepUnknown' as const, why: 'x', attempt: n, ...s })),
  ),
  fc
    .boolean()
    .chain((happened) => named.map((s) => ({ type: 'SettleStep' as const, note: null, happened, ...s }))),
  named.map((s) => ({ type: 'AnswerManual' as const, answer: { done: true, note: null }, ...s })),
  of({ type: 'RequestPostmortem', rule: 'person' } as const),
);

/** Long histories that mostly begin with an alert and a runbook, so that the rest has something to act on. */
export const histories = fc.array(
  fc.tuple(
    of(0, 1000, minute, 6 * minute, 16 * minute, 40 * minute),
    actor,
    fc.oneof({ weight: 1, arbitrary: alerts }, { weight: 4, arbitrary: bodies.map((one) => () => one) }),
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
);

/** One command of a history: the state before and after it, and what it brought about. */
export type Moment = {
  before: IncidentState;
  after: IncidentState;
  command: Command;
  events: IncidentEvent[];
};

/** Plays a history; what is refused brings about nothing. */
export function play(history: [number, ReturnType<typeof person>, (at: number) => object][]): Moment[] {
  let at = t0;
  let state: IncidentState = null;
  const start: Command[] = [
    receive({ firing: [alert('A')] }),
    { type: 'StartRunbook', at: t0, by: receiver, runbook, rule: 'matched' },
  ];
  const commands = history.map(([wait, by, make]) => {
    at += wait;
    return { by, ...make(at), at } as Command;
  });
  return [...start, ...commands].map((command) => {
    const before = state;
    const decision = decide(command, before);
    const events = isRefusal(decision) ? [] : decision;
    state = events.reduce(evolve, before);
    return { before, after: state, command, events };
  });
}
