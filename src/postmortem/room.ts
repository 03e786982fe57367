import type { Command } from '../incident/commands.ts';
import type { Room } from '../incident/room.ts';
import { type Incident, incidentName } from '../incident/state.ts';
import type { Log } from '../kit/log.ts';
import type { DraftContext, DraftPostmortem, PostmortemDraft } from './draft.ts';
import { type PlanRules, type PostmortemAction, planPostmortem } from './plan.ts';
import { commandsOfReading, type PullRequestReading } from './pull-request-commands.ts';

/** A published draft, as the place it went to reports it. */
export type Published = {
  number: number | null;
  url: string;
  branch: string;
  sha: string;
  state: 'open' | 'merged' | 'closed';
  warnings: string[];
};

/** What the room needs from outside. */
export type PostmortemRoomOptions = {
  rules: PlanRules;
  draft: DraftPostmortem;
  contextOf: (incident: Incident) => DraftContext | Promise<DraftContext>;
  /** Makes the draft stand on its branch with one pull request, however often it is called. */
  publish: (draft: PostmortemDraft) => Promise<Published>;
  /** Reads a pull request; undefined where it is gone. Without GitHub nothing is ever read. */
  read: (number: number) => Promise<PullRequestReading | undefined>;
  log: Log;
};

/** The room that drafts, publishes and follows the postmortem. Closing an incident never waits for it. */
export function postmortemRoom(options: PostmortemRoomOptions): Room<PostmortemAction> {
  const { rules, draft, contextOf, publish, read, log } = options;
  const by = (rule: string) => ({ kind: 'muster', rule }) as const;

  async function publishDraft(incident: Incident, now: () => number): Promise<Command[]> {
    const published = await publish(draft(incident, await contextOf(incident)));
    for (const warning of published.warnings)
      log.warn(
        { incident: incidentName(incident.id), warning },
        'the postmortem draft is published with a warning',
      );
    const { number, url, branch, sha } = published;
    const commands: Command[] = [
      { type: 'RecordPullRequest', number, url, branch, sha, at: now(), by: by('postmortem-published') },
    ];
    if (published.state !== 'open') {
      const merged = published.state === 'merged';
      commands.push({
        type: 'RecordPullRequestClosed',
        merged,
        closer: null,
        at: now(),
        by: by('pull-request-read'),
      });
    }
    return commands;
  }

  return {
    name: 'postmortem',
    parallel: false,
    plan: (incident, now, memory) => planPostmortem(incident, now, memory, rules),
    async perform(action, incident, { now, remember }) {
      if (action.do === 'request')
        return [{ type: 'RequestPostmortem', rule: action.rule, at: now(), by: by(action.rule) }];
      // The moment before the work counts: what happens meanwhile makes the draft old again. A clock that is behind
      // another replica's must not make it old for ever.
      const { status } = incident.state;
      const startedAt = String(Math.max(now(), status.is === 'resolved' ? status.at : 0));
      if (action.do === 'publish') {
        const commands = await publishDraft(incident, now);
        await remember({ writtenAt: startedAt });
        return commands;
      }
      const reading = await read(action.number);
      await remember({ readAt: startedAt });
      return reading ? commandsOfReading(incident, reading, now()) : [];
    },
  };
}
