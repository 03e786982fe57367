import { type CommandOf, type Decision, personOf, type TickRules } from '../commands.ts';
import type { Happened } from '../events.ts';
import { firing, type Live } from '../state.ts';
import { isWorse } from '../words.ts';

/** People may raise freely and lower with a reason; nothing but a person lowers. */
export function changeSeverity(command: CommandOf<'ChangeSeverity'>, state: Live): Decision {
  if (command.to === state.severity) return [];
  if (state.status.is === 'resolved') return { refused: 'already-resolved' };
  const lowers = isWorse(state.severity, command.to);
  if (lowers && personOf(command.by) === null) return { refused: 'not-permitted' };
  if (lowers && !command.reason?.trim()) return { refused: 'reason-needed' };
  return [
    {
      type: 'SeverityChanged',
      from: state.severity,
      to: command.to,
      rule: command.rule,
      reason: command.reason,
      treatment: command.treatments[command.to],
    },
  ];
}

/** The first acknowledgement stops the paging; repeats are harmless. */
export function acknowledge(command: CommandOf<'Acknowledge'>, state: Live): Decision {
  const person = personOf(command.by);
  if (person === null) return { refused: 'not-permitted' };
  if (state.status.is === 'resolved') return { refused: 'already-resolved' };
  if (state.acknowledged !== null) return [];
  const wasPaged = state.paging.sent.some((page) => page.person === person);
  return [{ type: 'Acknowledged', person, wasPaged }];
}

/** Closes the incident. It waits for nothing and nobody. */
export function resolve(command: CommandOf<'Resolve'>, state: Live): Decision {
  if (state.status.is === 'resolved') return [];
  return [{ type: 'Resolved', rule: command.rule, reason: command.reason }];
}

/** Opens a closed incident again. */
export function reopen(command: CommandOf<'Reopen'>, state: Live): Decision {
  if (state.status.is !== 'resolved') return [];
  return [{ type: 'Reopened', rule: command.rule, reason: command.reason }];
}

/** Notes are welcome at any time, also after the end: the postmortem is still being written. The same note twice is one. */
export function addNote(command: CommandOf<'AddNote'>, known: boolean): Decision {
  if (known) return [];
  const { text, writtenAt, author, permalink } = command;
  return [{ type: 'NoteAdded', text, writtenAt, author, permalink }];
}

/** Evidence from elsewhere is welcome at any time, as notes are. The same content twice is one. */
export function addEvidence({ exhibit }: CommandOf<'AddEvidence'>, state: Live): Decision {
  return state.exhibits.some(({ key }) => key === exhibit.key) ? [] : [{ type: 'EvidenceAdded', exhibit }];
}

/** When something is due without anybody doing anything; null when nothing is. Epoch milliseconds. */
export function nextTick(state: Live, rules: TickRules): number | null {
  const due: number[] = [];
  if (state.status.is === 'recovering' && rules.resolveAfterMs !== null) {
    due.push(state.status.since + rules.resolveAfterMs);
  }
  if (icVacant(state) !== null) due.push(state.openedAt + rules.takeIcAfterMs);
  for (const run of state.runs) {
    for (const step of run.steps) if (step.phase.is === 'approved') due.push(step.phase.until);
  }
  return due.length === 0 ? null : Math.min(...due);
}

/** Who should take over as commander: the first to acknowledge, while the proposed one has not accepted. */
function icVacant(state: Live): string | null {
  if (state.status.is === 'resolved' || state.acknowledged === null || state.roles.ic.accepted) return null;
  return state.acknowledged.person;
}

/** What the passing of time alone brings about. Running it late or twice is harmless. */
export function tick(command: CommandOf<'Tick'>, state: Live): Decision {
  const { at, rules } = command;
  const events: Happened[] = [];
  const candidate = icVacant(state);
  if (candidate !== null && at >= state.openedAt + rules.takeIcAfterMs) {
    events.push({ type: 'RoleAccepted', role: 'ic', person: candidate, rule: 'first-to-acknowledge' });
  }
  for (const run of state.runs) {
    for (const step of run.steps) {
      if (step.phase.is === 'approved' && at >= step.phase.until) {
        events.push({ type: 'ApprovalExpired', run: run.run, step: step.id });
      }
    }
  }
  const { status } = state;
  if (
    status.is === 'recovering' &&
    rules.resolveAfterMs !== null &&
    at >= status.since + rules.resolveAfterMs &&
    firing(state).length === 0
  ) {
    events.push({ type: 'Resolved', rule: 'quiet-time-over', reason: null });
  }
  return events;
}
