import { parseMatcher } from '../kit/matcher.ts';
import type { Muster } from './muster-schema.ts';

/** Something wrong at a place of the file. */
export type Complaint = { path: (string | number)[]; message: string };

const reserved = ['primary', 'secondary', 'team', 'anyone', 'ic', 'comms', 'ops', 'tech'];

/** What is wrong between parts that are each right by themselves: names that lead nowhere, ladders that cannot be climbed. */
export function brokenReferences(muster: Muster): Complaint[] {
  const complaints: Complaint[] = [];
  const refuse = (when: boolean, path: Complaint['path'], message: string) =>
    when && complaints.push({ path, message });
  const isPerson = (name: string) => name in muster.people;
  const isRotation = (name: string | undefined) => name === undefined || name in muster.rotations;

  for (const name of Object.keys(muster.people)) {
    refuse(
      reserved.includes(name),
      ['people', name],
      `"${name}" has a meaning of its own and cannot be a person's name`,
    );
  }
  for (const key of ['slack', 'github', 'pagerduty'] as const) {
    const seen = new Map<string, string>();
    for (const [name, person] of Object.entries(muster.people)) {
      const id = person[key];
      if (id === undefined) continue;
      refuse(seen.has(id), ['people', name, key], `${id} already belongs to ${seen.get(id)}`);
      seen.set(id, name);
    }
  }
  for (const [name, service] of Object.entries(muster.services)) {
    refuse(
      !isRotation(service.owner),
      ['services', name, 'owner'],
      `there is no rotation "${service.owner}"`,
    );
  }
  for (const [name, { people }] of Object.entries(muster.rotations)) {
    people.forEach((person, i) => {
      refuse(!isPerson(person), ['rotations', name, 'people', i], `there is no person "${person}"`);
    });
  }
  for (const key of ['default', 'comms'] as const) {
    refuse(!isRotation(muster.oncall[key]), ['oncall', key], `there is no rotation "${muster.oncall[key]}"`);
  }
  muster.overrides.forEach((override, i) => {
    refuse(
      !isRotation(override.rotation),
      ['overrides', i, 'rotation'],
      `there is no rotation "${override.rotation}"`,
    );
    refuse(!isPerson(override.person), ['overrides', i, 'person'], `there is no person "${override.person}"`);
    const zoned = [override.from, override.to].map((moment) => /Z|[+-]\d\d:\d\d$/.test(moment));
    refuse(zoned[0] !== zoned[1], ['overrides', i, 'to'], 'from and to must both have an offset, or neither');
    refuse(
      Date.parse(override.from) >= Date.parse(override.to),
      ['overrides', i, 'to'],
      'must be after from',
    );
  });
  muster.severity.forEach((rule, i) => {
    const first = muster.severity.findIndex((other) => other.name === rule.name);
    refuse(first !== i, ['severity', i, 'name'], `there is another rule "${rule.name}"`);
    rule.match.forEach((text, j) => {
      const matcher = parseMatcher(text);
      if ('error' in matcher) refuse(true, ['severity', i, 'match', j], `matcher ${text} ${matcher.error}`);
    });
  });
  for (const [severity, policy] of Object.entries(muster.policies)) {
    const path = ['policies', severity];
    refuse(policy.page && policy.incident === 'list', [...path, 'page'], 'needs incident: open');
    refuse(policy.page && policy.levels.length === 0, [...path, 'levels'], 'is empty: nobody would be paged');
    refuse(policy.page && policy.via.length === 0, [...path, 'via'], 'is empty: nothing would page');
    policy.levels.forEach(({ after, who }, i) => {
      const known = ['primary', 'secondary', 'team'].includes(who) || isPerson(who);
      refuse(
        !known,
        [...path, 'levels', i, 'who'],
        `"${who}" is neither primary, secondary, team nor a person`,
      );
      const before = policy.levels[i - 1];
      refuse(
        before !== undefined && before.after >= after,
        [...path, 'levels', i, 'after'],
        'must be later than the level before',
      );
    });
    for (const list of ['via', 'fallback'] as const) {
      const at = policy[list].indexOf('webhook');
      refuse(
        at >= 0 && !muster.pagers.webhook,
        [...path, list, at],
        'the pager webhook is not configured under pagers',
      );
    }
  }
  for (const [action, who] of Object.entries(muster.permissions)) {
    if (who === 'anyone') continue;
    refuse(who.length === 0, ['permissions', action], 'is empty: nobody could do it');
    who.forEach((name, i) => {
      const known = ['ic', 'comms', 'ops', 'tech'].includes(name) || isPerson(name);
      refuse(!known, ['permissions', action, i], `"${name}" is neither a role nor a person`);
    });
  }
  muster.postmortem.reviewers.forEach((name, i) => {
    const path = ['postmortem', 'reviewers', i];
    refuse(!isPerson(name), path, `there is no person "${name}"`);
    refuse(isPerson(name) && !muster.people[name]?.github, path, `${name} has no GitHub login`);
  });
  return complaints;
}
