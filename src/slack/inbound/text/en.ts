import type { Refusal } from '../../../incident/commands.ts';
import { roleNames } from '../../../incident/timeline-text.ts';
import type { Role, Severity } from '../../../incident/words.ts';
import { forms } from './en-forms.ts';

/** The field an input problem is about, by the key that the schemas use as their message. */
type Problem = 'needed' | 'reason-needed' | 'too-long';

const minutes = (ms: number): string => {
  const total = Math.round(ms / 60_000);
  if (total < 1) return 'under 1 min';
  if (total < 60) return `${total} min`;
  const hours = Math.floor(total / 60);
  if (hours < 48) return `${hours} h${total % 60 === 0 ? '' : ` ${total % 60} min`}`;
  return `${Math.floor(hours / 24)} d`;
};

/** What Muster says to one person, in English. Values that come from outside arrive escaped for Slack's mrkdwn. */
export const en = {
  span: minutes,
  since: (ms: number) => `for ${minutes(ms)}`,
  ago: (ms: number) => (ms < 30_000 ? 'just now' : `${minutes(ms)} ago`),
  nobody: 'nobody',

  unknownVerb: (typed: string, verb: string) => `There is no command ${typed}. Did you mean \`${verb}\`?`,
  unknownVerbAtAll: (typed: string) =>
    `There is no command ${typed}. \`/incident help\` lists what there is.`,
  usage: (usage: string, example: string) =>
    `Usage: \`/incident ${usage}\`${example === usage ? '' : `\nFor example \`/incident ${example}\``}`,
  chooseIncident: (verb: string) =>
    `This channel belongs to no incident. Which one do you mean by \`${verb}\`?`,
  choose: 'Choose',
  andMore: (count: number) => `… and ${count} more. Put the name after the verb, such as \`status inc-42\`.`,
  nothingOpen: 'No open incidents.',
  quietSince: (ms: number) => `Quiet for ${minutes(ms)}.`,
  noSuchIncident: (name: string) => `There is no incident ${name}. \`/incident list\` shows the open ones.`,
  noSuchPerson: (typed: string) => `I do not know ${typed}. Mention somebody with @, or say \`me\`.`,
  outOfDate: 'This button is out of date. Look at the pinned card for the current ones.',
  broken: 'That did not work, and it may not have been recorded. Look at the card, then try again.',
  notOpenYet:
    'Its incident could not be opened yet. It opens as soon as my store is back; acknowledge it again then.',
  storeDown: 'I cannot reach my store right now, so nothing was recorded. Try again in a moment.',
  notMember: {
    guest: 'Guests can read an incident but not change it. Ask a member of the channel.',
    stranger: 'Only people of this workspace can change an incident. Ask a member of the channel.',
    bot: 'Bots cannot change an incident.',
    unverified: 'Slack did not tell me who you are, so I changed nothing. Try again in a moment.',
  },
  refusals: {
    'no-incident': () => 'That incident does not exist any more.',
    'already-resolved': () => 'The incident is already resolved. `/incident reopen` opens it again.',
    'not-resolved': () => 'The incident is still open. `/incident resolve` closes it.',
    'another-is-open': (detail) =>
      `${detail === '' ? 'Another incident' : `inc-${detail}`} of the same problem is open. Go on there.`,
    'reason-needed': () =>
      'Lowering the severity needs a reason: `/incident severity P3 only one user is affected`.',
    'no-such-step': (detail) =>
      `The runbook has no step ${detail}. \`/incident runbook list\` shows its steps.`,
    'step-not-open': () => 'That step is not waiting for this any more. The card shows where it stands.',
    'not-permitted': (detail) =>
      detail === '' ? 'You are not among those who may do this.' : `Only ${detail} may do this. Ask them.`,
    'asker-cannot-approve': () =>
      'You asked for this step, so somebody else has to approve it. In an emergency, break the glass with a reason.',
    'approval-stale': () => 'What would run has changed since this was shown. Look at the newest proposal.',
    'incident-changed': () => 'The incident changed since this was shown. Look at the newest proposal.',
    'second-person-needed': () => 'You approved it already; a second person has to approve it too.',
    'glass-is-not-enough': () => 'Two people have to approve this. The glass cannot be broken here.',
    'no-such-run': (detail) =>
      `No runbook ${detail} runs in this incident. \`/incident runbook\` lists them.`,
    'no-offer-for-you': () => 'This role is not offered to you. `/incident role ic me` takes it.',
    'no-pull-request': () => 'There is no postmortem pull request yet. `/incident postmortem` asks for one.',
  } satisfies Record<Refusal['refused'], (detail: string) => string>,
  problems: {
    needed: 'Please fill this in.',
    'reason-needed': 'Please give a reason.',
    'too-long': 'This is too long.',
  } satisfies Record<Problem, string>,

  role: roleNames.en as Record<Role, string>,
  roleShort: { ic: 'IC', comms: 'Comms', ops: 'Ops', tech: 'Tech' } satisfies Record<Role, string>,
  severity: {
    P1: 'the whole service or a core function is down',
    P2: 'part of a main function fails, many users affected',
    P3: 'a secondary function fails, few users affected',
    P4: 'an inconvenience',
  } satisfies Record<Severity, string>,
  verdict: { pass: 'passed', warn: 'warning', fail: 'failed', unknown: 'unknown' },

  state: {
    open: 'Open',
    recovering: 'Recovering, waiting for people to confirm',
    resolved: (ago: string) => `Resolved ${ago}`,
    firing: (count: number) => `${count} ${count === 1 ? 'alert' : 'alerts'} firing`,
    acknowledged: (name: string) => `acknowledged by ${name}`,
    unacknowledged: 'not acknowledged',
    proposed: 'proposed',
    offeredTo: (name: string) => `offered to ${name}`,
    lastUpdate: (ago: string, text: string) => `Last update ${ago}: ${text}`,
    noUpdate: 'No update posted yet.',
    runbook: 'Runbook',
    steps: (over: number, all: number) => `${over} of ${all} steps done`,
    waitsForApproval: (step: string) => `${step} waits for approval`,
    waitsForPerson: (step: string) => `${step} waits for a person`,
    pullRequest: 'Postmortem',
    pullRequestState: {
      open: 'in review',
      approved: 'approved',
      'changes-requested': 'changes requested',
      merged: 'merged',
      closed: 'closed without merge',
    },
  },
  list: {
    open: 'Open incidents',
    listed: 'Listed, without an incident',
    more: (count: number) => `… and ${count} more`,
  },
  why: {
    heading: (name: string) => `Why ${name} is as it is`,
    severity: 'Severity',
    grouping: 'Grouping',
    paging: 'Page',
    notYet: 'nobody yet',
    notPaged: 'nobody: the policy of this severity does not page',
    level: (level: number, people: string) => `level ${level} → ${people}`,
    nobodyAt: (level: number) => `level ${level} → nobody on call`,
    runbook: 'Runbook',
    noRunbook: 'none matched',
    ending: 'State',
    rule: (rule: string) => `rule ${rule}`,
  },
  rules: {
    'declared-by-person': 'said by the person who declared',
    declaration: 'declared by a person, so it stands alone',
    'default-unclear': 'nothing usable was said, so the higher one',
    'label-severity': 'the label `severity` of the alert says so',
    'label-priority': 'the label `priority` of the alert says so',
    'impact-service-down': 'the alert says that the service is down',
    'impact-core-function': 'the alert says that a core function fails',
    'impact-30-percent-of-users': 'the alert says that 30 % of the users or more are affected',
    'impact-main-function': 'the alert says that a main function fails',
    'impact-some-function': 'the alert says that some function fails',
    'impact-some-users': 'the alert says that some users are affected',
    'impact-none': 'the alert says that nobody is affected',
    'alert-matches': 'it matches an alert of this incident',
    'service-entry': 'it is the runbook of this service in muster.yaml',
    alongside: 'it looks at every alert of this kind',
    'symptom-matches': 'it matches the symptom',
    'resolved-at-pagerduty': 'resolved at PagerDuty',
    'absent-at-alertmanager': 'Alertmanager no longer has the alerts',
    'changed-by-person': 'changed by a person',
    'worse-alert-joined': 'a worse alert joined',
    'first-to-acknowledge': 'acknowledged first, and the proposed one had not accepted',
    'hand-off': 'hand-over accepted',
    assigned: 'assigned by a person',
    taken: 'took it',
    accepted: 'accepted the proposal',
    'all-alerts-resolved': 'all alerts have stopped',
    'quiet-time-over': 'the quiet time is over',
    'refired-within-window': 'the alert came back within the reopen window',
    'by-person': 'a person said so',
    'recovery-confirmed': 'a person confirmed the recovery',
  } as Record<string, string>,

  help: {
    heading: 'What `/incident` can do',
    rest: 'In an incident’s channel these mean that incident; elsewhere add its name, such as `status inc-42`. `help VERB` says more.',
    aliases: (names: string) => `Also: ${names}`,
  },

  done: {
    declared: (name: string, where: string) => `Declared ${name}. ${where}`,
    channelFollows: 'Its channel follows in a moment.',
    noChannel: 'This severity opens no channel; `/incident list` shows it.',
    acknowledged: (name: string) => `You have acknowledged ${name}. Nobody else will be paged for it.`,
    notPagedNote: 'You were not paged for it, so tell the one who was.',
    alreadyAcknowledged: (name: string, by: string) => `${name} was already acknowledged by ${by}.`,
    severity: (name: string, to: Severity) => `${name} is now ${to}.`,
    severitySame: (name: string, to: Severity) => `${name} is ${to} already.`,
    roleTaken: (role: string) => `You are now: ${role}.`,
    roleProposed: (role: string, person: string) =>
      `${role}: ${person} is proposed and can accept on the card.`,
    roleOffered: (role: string, person: string) =>
      `${role} is offered to ${person}. It changes hands when they accept.`,
    roleSame: (role: string, person: string) => `${role} is with ${person} already, nothing changed.`,
    handoffDeclined: (role: string) => `You declined: ${role}. The holder keeps it.`,
    noted: 'Added to the timeline.',
    notedAlready: 'This is on the timeline already.',
    updated: 'Update posted.',
    resolved: (name: string, draft: boolean) =>
      `${name} is resolved. ${draft ? 'The postmortem draft follows.' : 'For a postmortem draft: `/incident postmortem`.'}`,
    resolvedAlready: (name: string) => `${name} is resolved already.`,
    reopened: (name: string) => `${name} is open again.`,
    openAlready: (name: string) => `${name} is open already.`,
    runbookStarted: (title: string) => `Runbook started: ${title}`,
    evidence: (title: string, verdict: string) => `Taken in: ${title}, ${verdict}.`,
    evidenceAlready: 'This incident has that evidence already.',
    runbookCancelled: (title: string) => `You cancelled ${title}. What runs already still ends.`,
    runbookRunning: (title: string) => `This runbook has started already: ${title}`,
    noSuchRunbook: (name: string) => `There is no runbook ${name}. \`/incident runbook list\` shows them.`,
    stepRequested: (step: string) => `${step} runs again.`,
    stepBusy: (step: string) => `${step} is not finished yet, so it is not started again.`,
    approved: (step: string) => `You approved ${step}. It runs now, once.`,
    approvedAlready: (step: string) => `${step} is approved already.`,
    declined: (step: string) => `You declined ${step}.`,
    declinedAlready: (step: string) => `${step} is declined already.`,
    manual: (step: string, done: boolean) => `${step}: recorded as ${done ? 'done' : 'not done'}.`,
    manualAlready: (step: string) => `${step} is answered already.`,
    settled: (step: string) => `${step}: recorded.`,
    postmortem: 'The postmortem draft is asked for; the link appears on the card.',
    postmortemAlready: 'The postmortem draft is asked for already.',
    postmortemAt: (link: string) => `The postmortem: ${link}`,
  },

  ...forms,
  runbooks: {
    cancel: 'cancel what has not begun',
    nothingToCancel: 'No runbook has anything left to cancel.',
    whichOne: (commands: string) => `Several runbooks run. Which one? ${commands}`,
    heading: 'Runbooks',
    none: 'No runbooks are configured.',
    running: 'Started here',
    start: 'start this runbook',
    again: 'run this step again',
    how: '`runbook start NAME` starts one, `runbook run STEP` runs a step again.',
  },
  phase: {
    waiting: 'waiting',
    running: 'running',
    proposed: 'waits for approval',
    approved: 'approved',
    intended: 'running',
    unknown: 'outcome unknown, a person decides',
    skipped: 'skipped',
    cancelled: 'cancelled',
    declined: 'declined',
  },
};

/** Every text in one shape; a missing one in another language does not compile. */
export type Messages = typeof en;
