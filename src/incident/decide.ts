import { type Command, type Decision, isRefusal, type Refusal } from './commands.ts';
import { open, receiveAlerts } from './decisions/alerts.ts';
import * as approvals from './decisions/approvals.ts';
import * as lifecycle from './decisions/lifecycle.ts';
import * as paging from './decisions/paging.ts';
import * as postmortem from './decisions/postmortem.ts';
import * as roles from './decisions/roles.ts';
import * as steps from './decisions/steps.ts';
import type { IncidentEvent } from './events.ts';
import { noteKey } from './evolve.ts';
import type { IncidentState, Live } from './state.ts';

/**
 * The one place where an incident's rules are applied: what happens when `command` meets `state`. Pure: time, ids and
 * names are in the command. An empty list means that nothing changes; a refusal says why nothing may.
 */
export function decide(command: Command, state: IncidentState): IncidentEvent[] | Refusal {
  const decision = consider(command, state);
  if (isRefusal(decision)) return decision;
  return decision.map((happened) => ({ ...happened, at: command.at, by: command.by }));
}

function consider(command: Command, state: IncidentState): Decision {
  if (command.type === 'ReceiveAlerts') return receiveAlerts(command, state);
  if (command.type === 'Declare') return state === null ? open(command.opening, 'person', [], 0) : [];
  if (state === null) return { refused: 'no-incident' };
  return considerLive(command, state);
}

type LiveCommand = Exclude<Command, { type: 'ReceiveAlerts' | 'Declare' }>;

function considerLive(command: LiveCommand, state: Live): Decision {
  switch (command.type) {
    case 'ChangeSeverity':
      return lifecycle.changeSeverity(command, state);
    case 'Acknowledge':
      return lifecycle.acknowledge(command, state);
    case 'Resolve':
      return lifecycle.resolve(command, state);
    case 'Reopen':
      return lifecycle.reopen(command, state);
    case 'AddNote':
      return lifecycle.addNote(command, state.notes.includes(noteKey(command)));
    case 'AddEvidence':
      return lifecycle.addEvidence(command, state);
    case 'PostUpdate':
      return [{ type: 'UpdatePosted', text: command.text, audience: command.audience }];
    case 'Tick':
      return lifecycle.tick(command, state);
    case 'AssignRole':
      return roles.assignRole(command, state);
    case 'AcceptRole':
      return roles.acceptRole(command, state);
    case 'DeclineHandoff':
      return roles.declineHandoff(command, state);
    case 'StartLevel':
      return paging.startLevel(command, state);
    case 'ReportNobodyOnCall':
      return paging.reportNobody(command, state);
    case 'RecordPage':
      return paging.recordPage(command, state);
    case 'RecordChannel':
      return state.channel ? [] : [{ type: 'ChannelCreated', channel: command.channel, name: command.name }];
    case 'RecordCard':
      return state.card ? [] : [{ type: 'CardPosted', channel: command.channel, ts: command.ts }];
    case 'StartRunbook':
      return steps.startRunbook(command, state);
    case 'RecordStepStarted':
      return steps.recordStepStarted(command, state);
    case 'RecordStep':
      return steps.recordStep(command, state);
    case 'RecheckStep':
      return steps.recheckStep(command, state);
    case 'SkipStep':
      return steps.skipStep(command, state);
    case 'RequestStep':
      return steps.requestStep(command, state);
    case 'ProposeStep':
      return approvals.proposeStep(command, state);
    case 'ApproveStep':
      return approvals.approveStep(command, state);
    case 'DeclineStep':
      return approvals.declineStep(command, state);
    case 'HoldUpStep':
      return approvals.holdUpStep(command, state);
    case 'CancelRunbook':
      return steps.cancelRunbook(command, state);
    case 'IntendStep':
      return approvals.intendStep(command, state);
    case 'RecordStepUnknown':
      return steps.recordStepUnknown(command, state);
    case 'SettleStep':
      return steps.settleStep(command, state);
    case 'AnswerManual':
      return steps.answerManual(command, state);
    case 'RequestPostmortem':
      return postmortem.requestPostmortem(command, state);
    case 'RecordPullRequest':
      return postmortem.recordPullRequest(command, state);
    case 'RecordReview':
      return postmortem.recordReview(command, state);
    case 'RecordPullRequestClosed':
      return postmortem.recordPullRequestClosed(command, state);
  }
}
