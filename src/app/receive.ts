import type { AlertGroup } from '../alerts/group.ts';
import type { Muster } from '../config/muster-yaml.ts';
import type { RoleProposals, Treatments } from '../incident/commands.ts';
import type { Severity } from '../incident/words.ts';
import { severities } from '../incident/words.ts';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import type { Group, Received } from '../redis/ingest.ts';

/** How muster.yaml wants each severity treated. */
export const treatmentsOf = (muster: Muster): Treatments =>
  Object.fromEntries(
    severities.map((severity) => {
      const { page, incident } = muster.policies[severity];
      return [severity, { page, channel: incident === 'open' }];
    }),
  ) as Treatments;

/** Proposes who takes which role, by the schedule at a time. */
export type ProposeRoles = (service: string | null, severity: Severity, at: number) => RoleProposals;

/** What receiving alerts needs from outside. */
export type Receiving = {
  muster: Muster;
  proposeRoles: ProposeRoles;
  ingest: (group: Group) => Promise<{ received: Received; id: number | null }>;
  /** Resolves once everything written so far is durable. */
  durable: () => Promise<void>;
  /** Pages a P1 group straight away, without the log; never rejects. */
  pageDirectly: (group: AlertGroup) => Promise<void>;
  report: Log;
};

/** Receives groups of alerts: resolves once they are durable; rejects when not, after the P1s not even written were paged directly. */
export type Receive = (groups: readonly AlertGroup[], receivedAt: number) => Promise<void>;

/** The way from a classified group to the log, and around it when the log cannot be written. */
export function createReceive({
  muster,
  proposeRoles,
  ingest,
  durable,
  pageDirectly,
  report,
}: Receiving): Receive {
  const treatments = treatmentsOf(muster);
  const reopenWithinMs = muster.grouping.reopen_within;

  const toGroup = (group: AlertGroup, at: number): Group => ({
    digest: group.digest,
    treatment: muster.policies[group.severity].incident,
    command: {
      type: 'ReceiveAlerts',
      at,
      by: { kind: 'alertmanager', receiver: group.receiver },
      firing: group.firing,
      resolved: group.resolved,
      truncated: group.truncated,
      reopenWithinMs,
      opening: {
        key: group.key,
        title: group.title,
        severity: group.severity,
        rule: group.rule,
        grouping: group.grouping,
        service: group.service,
        language: muster.language,
        treatments,
        // Only an incident that opens needs people; looking them up is the dearest part of the known path.
        get roles() {
          return proposeRoles(group.service, group.severity, at);
        },
      },
    },
  });

  return async (groups, receivedAt) => {
    // What is written is paged from the log, also while no replica has it yet: a direct page beside it would be a second one.
    const unwritten = new Set<AlertGroup>();
    const keep = async (group: AlertGroup): Promise<void> => {
      unwritten.add(group);
      const { received, id } = await ingest(toGroup(group, receivedAt));
      unwritten.delete(group);
      const { severity, rule, title } = group;
      if (received === 'opened') report.info({ incident: id, severity, rule, title }, 'an incident is open');
    };
    try {
      const kept = await Promise.allSettled(groups.map(keep));
      for (const one of kept) if (one.status === 'rejected') throw one.reason;
      await durable();
    } catch (error) {
      report.error(
        { why: reasonOf(error), groups: groups.map(({ key }) => key) },
        'alerts could not be kept',
      );
      const urgent = [...unwritten].filter((group) => group.severity === 'P1' && group.firing.length > 0);
      await Promise.all(urgent.map((group) => pageDirectly(group)));
      throw error;
    }
  };
}
