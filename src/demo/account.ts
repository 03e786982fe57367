import { nameOf } from './cast.ts';
import type { Facts } from './facts.ts';

const marks = { pass: '✓ passed ', warn: '! warning', fail: '✗ failed ', unknown: '? unknown' } as const;
const seconds = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

/** The facts as an account that people read: what happened, in order, with its times. */
export function accountOf(facts: Facts): string {
  const { channel, latencyMs, pullRequest, resolution } = facts;
  const how = facts.source === 'prometheus' ? 'Prometheus and Alertmanager' : 'the built-in watcher';
  const roles = facts.roles.map(
    ({ role, person, accepted }) => `${role} ${nameOf(person)}${accepted ? '' : ' (proposed)'}`,
  );
  const lines = [
    `${facts.incident}  ${facts.severity} by rule ${facts.rule}, alerted by ${how}`,
    '',
    `  failure seen        ${seconds(facts.failureObservedMs)} before the alert arrived`,
    `  first page          ${seconds(latencyMs.page)} after the alert`,
    `  channel             ${seconds(latencyMs.channel)}  #${channel.name}`,
    `  first evidence      ${seconds(latencyMs.firstEvidence)}`,
    `  roles               ${roles.join(', ')}`,
    '',
    ...facts.pages.map(
      ({ person, pager, latencyMs: ms }) =>
        `  paged               ${nameOf(person)} by ${pager}, ${seconds(ms)}`,
    ),
    ...facts.steps.map(({ verdict, name, sentence }) => `  ${marks[verdict]}  ${name}: ${sentence}`),
    '',
    `  resolved            ${resolution.rule}${resolution.by ? `, by ${nameOf(resolution.by)}` : ''}`,
    `  postmortem          #${pullRequest.number} ${pullRequest.state}: ${pullRequest.files.join(', ')}`,
    `  timeline            ${facts.timelineEntries} entries`,
  ];
  return `${lines.join('\n')}\n`;
}
