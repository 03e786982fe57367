import type { Command, Refusal } from './commands.ts';
import type { EventType, IncidentEvent } from './events.ts';
import type { Incident } from './state.ts';

/** The rooms that do things after a commit. `clock` only lets time pass. */
export type RoomName = (typeof roomNames)[number];

/** All of them. */
export const roomNames = ['paging', 'slack', 'runbook', 'postmortem', 'clock'] as const;

/** What a room remembers of an incident beside the log. A cache: losing it costs work, never correctness. */
export type Memory = Record<string, string>;

/** What is still to be done now, and when to look again at the latest (epoch milliseconds; null: only after news). */
export type Plan<Action> = { actions: Action[]; wakeAt: number | null };

/** What `perform` may use beside its own closure. */
export type Tools = {
  now: () => number;
  /** Remembers entries; null forgets one. Durable when the promise resolves. */
  remember: (entries: Record<string, string | null>) => Promise<void>;
  signal: AbortSignal;
};

/**
 * A doing room. `plan` is pure; `perform` makes one thing so and hands the outcome back as commands. Doing a thing twice
 * must be harmless: look for what exists, adopt it, go on. A thrown Failure is retried with back-off by the reconciler.
 */
export type Room<Action> = {
  name: RoomName;
  /** True when the actions of one plan may run at the same time. */
  parallel: boolean;
  plan: (incident: Incident, now: number, memory: Memory) => Plan<Action>;
  perform: (action: Action, incident: Incident, tools: Tools) => Promise<Command[]>;
};

/** What became of a command: the events it made (none: nothing changed) and the incident after it, or the refusal. */
export type Outcome = { incident: Incident; events: IncidentEvent[] } | Refusal;

/** The one way to change an incident: load, decide, append, wake the rooms. */
export type Handle = (id: number, command: Command) => Promise<Outcome>;

/** Which rooms want to look after which event. A missing row does not compile; a superfluous one costs an empty plan. */
export const interests = {
  IncidentOpened: ['paging', 'slack', 'runbook'],
  AlertsFired: ['paging', 'slack', 'runbook'],
  AlertsResolved: ['slack'],
  SeverityChanged: ['paging', 'slack', 'runbook'],
  RoleProposed: ['slack'],
  RoleAccepted: ['slack'],
  HandoffOffered: ['slack'],
  HandoffDeclined: ['slack'],
  LevelReached: ['paging', 'slack'],
  NobodyOnCall: ['paging', 'slack'],
  PageSent: ['paging', 'slack'],
  PageFailed: ['paging', 'slack'],
  Acknowledged: ['paging', 'slack', 'clock'],
  ChannelCreated: ['slack'],
  CardPosted: ['slack'],
  NoteAdded: ['slack'],
  EvidenceAdded: ['slack'],
  UpdatePosted: ['slack'],
  RecoveryProposed: ['slack', 'clock', 'runbook'],
  Resolved: ['paging', 'slack', 'runbook', 'postmortem'],
  Reopened: ['paging', 'slack', 'runbook', 'clock'],
  RunbookStarted: ['runbook', 'slack'],
  StepStarted: ['slack'],
  StepFinished: ['runbook', 'slack'],
  StepSkipped: ['runbook', 'slack'],
  StepRechecked: ['runbook', 'slack'],
  StepRequested: ['runbook', 'slack'],
  StepProposed: ['slack', 'clock', 'runbook'],
  StepSeconded: ['slack'],
  StepApproved: ['runbook', 'slack', 'clock'],
  StepDeclined: ['runbook', 'slack'],
  ApprovalExpired: ['slack', 'runbook'],
  StepIntended: ['runbook', 'slack'],
  StepOutcomeUnknown: ['runbook', 'slack'],
  StepHeldUp: ['slack'],
  RunbookCancelled: ['runbook', 'slack', 'clock'],
  ManualAnswered: ['runbook', 'slack'],
  PostmortemRequested: ['postmortem', 'slack'],
  PullRequestOpened: ['postmortem', 'slack'],
  PullRequestReviewed: ['slack'],
  PullRequestClosed: ['postmortem', 'slack'],
} satisfies Record<EventType, readonly RoomName[]>;
