import { createPeople } from '../app/people.ts';
import { hasStore, openStore } from '../app/store.ts';
import { firing, type Incident, incidentName } from '../incident/state.ts';
import { timeline } from '../incident/timeline.ts';
import { roles } from '../incident/words.ts';
import { showInstant } from '../kit/instant.ts';
import { silent } from '../kit/log.ts';
import { type Environment, startUp } from './start-up.ts';

const newest = 20;
const whereToLook = 'Set REDIS_URL, REDIS_SENTINELS or DATA_DIR as `muster serve` has it.';

/** Shows incidents from the log: the newest, one, or one's timeline. Answers with the exit code. */
export async function look(
  what: 'list' | 'show' | 'timeline',
  name: string | null,
  env: Environment,
  now: () => number,
  asJson: boolean,
): Promise<number> {
  const started = await startUp(env, false);
  if ('problems' in started) {
    for (const problem of started.problems) process.stderr.write(`${problem}\n`);
    return 1;
  }
  const { settings, behaviour, redact } = started;
  const { timezone } = behaviour.muster;
  const time = (at: number): string => showInstant(at, timezone);
  if (!hasStore(settings)) {
    process.stderr.write(`Nothing was ever kept in ${settings.DATA_DIR}. ${whereToLook}\n`);
    return 1;
  }
  const store = await openStore({ settings, path: env.PATH ?? '', now, report: silent });
  const print = (text: string, data: unknown): void =>
    void process.stdout.write(asJson ? `${redact(JSON.stringify(data, null, 2))}\n` : `${redact(text)}\n`);
  try {
    if (what === 'list') {
      const [incidents, listed] = [await store.find.latest(newest), await store.find.listed()];
      const lines = [
        ...incidents.map((incident) => row(incident, time)),
        ...listed.map(
          (one) => `${'listed'.padEnd(9)}${one.severity}  ${''.padEnd(11)}${time(one.since)}  ${one.title}`,
        ),
      ];
      const data = { incidents: incidents.map(({ id, state }) => ({ id, ...state })), listed };
      print(lines.length === 0 ? 'No incident yet.' : lines.join('\n'), data);
      return 0;
    }
    const id = Number(/^(?:inc-)?(\d+)$/i.exec(name ?? '')?.[1]);
    const incident = Number.isInteger(id) ? await store.find.byId(id) : null;
    if (incident === null) {
      process.stderr.write(`There is no incident ${name}. \`muster incident list\` shows the newest.\n`);
      return 1;
    }
    const { nameOf } = createPeople(behaviour.muster);
    const { language } = incident.state;
    if (what === 'show') print(show(incident, nameOf, time), { id, ...incident.state });
    else {
      const entries = timeline(incident.events, language, nameOf);
      print(entries.map((entry) => `${time(entry.at)}  ${entry.text}`).join('\n'), entries);
    }
    return 0;
  } finally {
    await store.close();
  }
}

type Time = (at: number) => string;

const row = ({ id, state }: Incident, time: Time): string =>
  `${incidentName(id).padEnd(9)}${state.severity}  ${state.status.is.padEnd(11)}${time(state.openedAt)}  ${state.title}`;

function show(incident: Incident, nameOf: (id: string) => string, time: Time): string {
  const { state } = incident;
  const held = roles.flatMap((role) => {
    const { person, accepted } = state.roles[role];
    return person === null ? [] : [`${role} ${nameOf(person)}${accepted ? '' : ' (proposed)'}`];
  });
  const steps = state.runs.flatMap((run) =>
    run.steps.map(
      ({ id, phase }) =>
        `  ${id}: ${phase.is === 'over' ? `${phase.report.verdict}. ${phase.report.sentence}` : phase.is}`,
    ),
  );
  return [
    row(incident, time),
    `  severity      ${state.severity} by rule ${state.rule}`,
    `  alerts        ${firing(state).length} firing of ${state.alerts.length}`,
    `  acknowledged  ${state.acknowledged ? nameOf(state.acknowledged.person) : 'not yet'}`,
    `  roles         ${held.join(', ') || 'nobody'}`,
    `  channel       ${state.channel ? `#${state.channel.name}` : 'none'}`,
    `  postmortem    ${state.postmortem?.pullRequest?.url ?? 'none'}`,
    ...steps,
  ].join('\n');
}
