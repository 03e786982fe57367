import type { Changed } from '../../incident/scene.ts';
import { roleNames } from '../../incident/timeline-text.ts';
import type { Role } from '../../incident/words.ts';

/** The channel's words in English. Arguments are already escaped for mrkdwn; what is returned is mrkdwn without formatting. */
export const en = {
  /** Symbols never stand alone: each comes with a word. */
  phase: {
    waiting: 'waiting',
    running: 'running',
    proposed: 'needs approval',
    approved: 'approved, runs next',
    intended: 'running now',
    unknown: 'outcome unknown',
    skipped: 'skipped',
    declined: 'declined',
    cancelled: 'cancelled',
  },
  status: {
    open: (since: string) => `Open since ${since}.`,
    recovering: (since: string) => `No alert has been firing since ${since}.`,
    resolved: (by: string | null, at: string, after: string) =>
      `Resolved${by ? ` by ${by}` : ''} at ${at}, after ${after}.`,
    acknowledged: (who: string, at: string) => `Acknowledged by ${who} at ${at}.`,
    nobodyYet: 'Nobody has acknowledged yet.',
    paging: (whom: string) => `Being paged: ${whom}.`,
    next: (whom: string, at: string) => `Next: ${whom} at ${at}.`,
    noPage: (severity: string) => `${severity} pages nobody.`,
    by: (who: string, pagers: string) => `${who} (${pagers})`,
    pageFailed: (who: string, pager: string, why: string) => `The page to ${who} by ${pager} failed: ${why}`,
    update: (who: string | null, at: string) => `Latest update${who ? ` by ${who}` : ''}, ${at}`,
  },
  /** The card's one sentence for screen readers and push notifications. */
  sentence: {
    open: (severity: string, name: string, title: string) =>
      `${severity} incident ${name} is open: ${title}. Nobody has acknowledged yet.`,
    acknowledged: (severity: string, name: string, title: string, who: string) =>
      `${severity} incident ${name} is open: ${title}. ${who} has acknowledged.`,
    recovering: (severity: string, name: string, title: string) =>
      `${severity} incident ${name} seems to be over: ${title}. Please confirm the recovery.`,
    resolved: (severity: string, name: string, title: string) =>
      `${severity} incident ${name} is resolved: ${title}.`,
  },
  heading: {
    alerts: (firing: number, resolved: number) =>
      `Alerts: ${firing} firing${resolved > 0 ? `, ${resolved} resolved` : ''}`,
    cause: 'Probable cause',
    roles: 'Roles',
    approval: (title: string) => `Needs approval: ${title}`,
    manual: (title: string) => `Needs a person: ${title}`,
    unknown: (title: string) => `Nobody knows whether this ran: ${title}`,
    recovery: 'Is it over?',
    missing: 'Not in this channel',
  },
  alertsMore: (count: number) => `and ${count} more`,
  rowsMore: (count: number) => `… and ${count} more`,
  stepsMore: (count: number) => `… and ${count} more steps`,
  allResolved: 'All alerts are resolved.',
  role: {
    proposed: 'proposed',
    vacant: 'nobody',
    byIc: (who: string) => `${who}, as Incident Commander`,
    offered: (to: string) => `offered to ${to}`,
    commsIsIc: (who: string) =>
      `${who} is both Incident Commander and Comms. On a P1 that should be two people.`,
  },
  approvers: (whom: string) => `May approve: ${whom}.`,
  twoPeople: 'Two people have to approve it; the glass can’t be broken.',
  firstOfTwo: (who: string) => `${who} approved; one more person has to.`,
  heldUp: (holder: string) => `Waits for ${holder}, which acts on the same target right now.`,
  measured: (target: string, seconds: string, run: string) => `${target} · ${seconds} s · ${run}`,
  proposedFor: (title: string) => `Proposed: ${title}, see below.`,
  askedBy: (who: string) => `${who} asked for it and can’t approve it alone.`,
  on: (target: string) => `On ${target}`,
  approvedUntil: (who: string, until: string) => `Approved by ${who}; runs once, before ${until}.`,
  declinedBy: (who: string) => `declined by ${who}`,
  recoveryAsk: 'All alerts are resolved. If the service works again, confirm the recovery.',
  why: (name: string, severity: string, rule: string, grouping: string) =>
    `${name} · ${severity} by rule ${rule} · grouped by ${grouping} · more: /incident why`,
  missing: {
    'no-slack': (who: string) => `${who} has no Slack id in muster.yaml`,
    refused: (who: string, why: string) => `${who} could not be invited (${why})`,
  },
  button: {
    acknowledge: 'Acknowledge',
    resolve: 'Resolve…',
    reopen: 'Reopen',
    confirmRecovery: 'Confirm recovery',
    accept: 'Accept',
    decline: 'Decline',
    approve: 'Approve',
    rerun: 'Run again',
    happened: 'It did run',
    notHappened: 'It did not run',
    done: 'Done',
    yes: 'Yes',
    no: 'No',
    notDone: 'Not done',
    runbook: 'Runbook',
    dashboard: 'Dashboard',
    postmortem: 'Postmortem',
  },
  topic: (parts: {
    severity: string;
    title: string;
    ic: string | null;
    status: 'open' | 'recovering' | 'resolved';
  }) =>
    [
      {
        open: parts.severity,
        recovering: `${parts.severity} recovering`,
        resolved: `${parts.severity} resolved`,
      }[parts.status],
      parts.title,
      ...(parts.ic ? [`IC ${parts.ic}`] : []),
    ].join(' · '),
  purpose: (name: string, openedAt: string) => `Incident ${name}, opened ${openedAt}. Kept by Muster.`,
  news: {
    fired: (names: string, count: number) =>
      count === 1 ? `One more alert fires: ${names}` : `${count} more alerts fire: ${names}`,
    resolvedAlerts: (count: number, left: number) =>
      left === 0
        ? 'All alerts are resolved.'
        : `${count} ${count === 1 ? 'alert' : 'alerts'} resolved, ${left} still firing.`,
    raised: (from: string, to: string, by: string) => `Severity raised from ${from} to ${to} (${by}).`,
    lowered: (from: string, to: string, by: string, reason: string) =>
      `Severity lowered from ${from} to ${to} by ${by}: ${reason}`,
    rule: (rule: string) => `rule ${rule}`,
    proposed: (role: string, who: string) => `${role} proposed: ${who}`,
    accepted: (role: string, who: string) => `${who} is now ${role}.`,
    firstToAcknowledge: (role: string, who: string) =>
      `${who} acknowledged first and is now ${role}, because nobody had accepted the role.`,
    offered: (role: string, from: string | null, to: string) =>
      from ? `${from} hands ${role} over to ${to}, once accepted.` : `${role} is offered to ${to}.`,
    offerDeclined: (role: string, who: string) => `${who} declined ${role}.`,
    level: (level: number, whom: string) => `No answer yet: paging ${whom} (level ${level}).`,
    again: (whom: string) => `Paging again: ${whom}.`,
    nobody: (level: number, rule: string) =>
      `Nobody is on call at level ${level} (${rule}). The next level is paged at once.`,
    acknowledged: (who: string) => `${who} acknowledged. Paging has stopped.`,
    acknowledgedUnpaged: (who: string) =>
      `${who} acknowledged without having been paged. Paging has stopped.`,
    note: (author: string, text: string) => `${author}: ${text}`,
    update: (who: string | null, text: string) => `Update${who ? ` by ${who}` : ''}: ${text}`,
    recovery: 'All alerts are resolved. Is it over?',
    resolved: (by: string, after: string) => `Resolved by ${by} after ${after}.`,
    reopened: (by: string) => `Reopened (${by}). Paging starts anew.`,
    reason: (text: string, reason: string) => `${text} ${reason}`,
    runbook: (title: string, steps: number, rule: string) =>
      `Runbook started: ${title}, ${steps} ${steps === 1 ? 'step' : 'steps'} (${rule}).`,
    asked: (who: string, title: string) => `${who} asked to run this again: ${title}`,
    approved: (who: string, title: string) => `${who} approved: ${title}. It runs once, then it is checked.`,
    glass: (who: string, title: string, reason: string) =>
      `${who} broke the glass to approve: ${title}. Reason: ${reason}`,
    declined: (who: string, title: string) => `${who} declined: ${title}.`,
    evidence: (who: string, title: string, verdict: string) => `${who} added evidence, ${title}: ${verdict}.`,
    rechecked: (title: string, before: string, now: string) => `${title}: was ${before}, now ${now}.`,
    proposedAgain: (title: string, why: string) => `${why}, so please look again: ${title}.`,
    changed: {
      severity: 'The severity changed',
      status: 'The alerts stopped or came back',
      findings: 'The evidence changed',
      approvers: 'Who approved may not any more',
    } satisfies Record<Changed[number], string> as Record<Changed[number], string>,
    seconded: (who: string, title: string) => `${who} approved, one more person has to: ${title}.`,
    heldUp: (title: string, holder: string) => `${title} waits for ${holder}, which acts on the same target.`,
    cancelled: (who: string, runbook: string) => `${who} cancelled the runbook ${runbook}.`,
    expired: (title: string) => `The approval was not used in time and has expired: ${title}.`,
    unknown: (title: string, why: string) =>
      `Nobody can tell whether this ran: ${title}. ${why} It is not tried again by itself: look, then say.`,
    proposal: (title: string) => `Needs approval: ${title}`,
    manual: (title: string) => `Needs a person: ${title}`,
    answeredYes: (who: string, title: string) => `${who} says yes: ${title}`,
    answeredNo: (who: string, title: string) => `${who} says no: ${title}`,
    manualDone: (who: string, title: string) => `${who} did it: ${title}.`,
    manualNotDone: (who: string, title: string) => `${who} did not do it: ${title}.`,
    draft: (link: string) => `The postmortem draft is ready: ${link}`,
    reviewed: {
      approved: (who: string) => `${who} approved the postmortem.`,
      'changes-requested': (who: string) => `${who} asked for changes to the postmortem.`,
      commented: (who: string) => `${who} commented on the postmortem.`,
    },
    merged: (who: string | null) => `The postmortem is merged${who ? ` by ${who}` : ''}.`,
    closed: (who: string | null) => `The postmortem was closed without a merge${who ? ` by ${who}` : ''}.`,
  },
  roleNames: roleNames.en as Record<Role, string>,
  verdicts: { pass: 'passed', warn: 'warning', fail: 'failed', unknown: 'could not tell' },
  /** The same for what was done, not looked at. */
  outcomes: { pass: 'done', warn: 'not as expected', fail: 'failed', unknown: 'could not tell' },
  muster: 'Muster',
  duration: (days: number, hours: number, minutes: number, seconds: number) =>
    [
      days && `${days} d`,
      hours && `${hours} h`,
      minutes && `${minutes} min`,
      (seconds || !(days || hours || minutes)) && `${seconds} s`,
    ]
      .filter(Boolean)
      .join(' '),
};

/** What every language must say. */
export type Messages = typeof en;
