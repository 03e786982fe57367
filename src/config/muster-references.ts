import { parseMatcher } from '../kit/matcher.ts';
import type { Muster } from './muster-schema.ts';

/** Something wrong at a place of the file. */
export type Complaint = { path: (string | number)[]; message: string };

type Refuse = (when: boolean, path: Complaint['path'], message: string) => void;
type Check = (muster: Muster, refuse: Refuse) => void;

const roles = ['ic', 'comms', 'ops', 'tech'];
const rungs = ['primary', 'secondary', 'team'];

/** What is wrong between parts that are each right by themselves: names that lead nowhere, ladders that cannot be climbed. */
export function brokenReferences(muster: Muster): Complaint[] {
  const complaints: Complaint[] = [];
  const refuse: Refuse = (when, path, message) => {
    if (when) complaints.push({ path, message });
  };
  for (const check of checks) check(muster, refuse);
  return complaints;
}

const isPerson = (muster: Muster, name: string) => name in muster.people;

const checkRotation = (muster: Muster, refuse: Refuse, path: Complaint['path'], name: string | undefined) =>
  refuse(name !== undefined && !(name in muster.rotations), path, `there is no rotation "${name}"`);

const checkPerson = (muster: Muster, refuse: Refuse, path: Complaint['path'], name: string) =>
  refuse(!isPerson(muster, name), path, `there is no person "${name}"`);

const people: Check = (muster, refuse) => {
  const seen = new Map<string, string>();
  for (const [name, person] of Object.entries(muster.people)) {
    const reserved = [...roles, ...rungs, 'anyone'].includes(name);
    refuse(reserved, ['people', name], `"${name}" has a meaning of its own and cannot be a person's name`);
    for (const key of ['slack', 'github', 'pagerduty'] as const) {
      const id = person[key];
      if (id === undefined) continue;
      const owner = seen.get(`${key} ${id}`);
      refuse(owner !== undefined, ['people', name, key], `${id} already belongs to ${owner}`);
      seen.set(`${key} ${id}`, name);
    }
  }
};

const schedule: Check = (muster, refuse) => {
  for (const [name, { owner }] of Object.entries(muster.services)) {
    checkRotation(muster, refuse, ['services', name, 'owner'], owner);
  }
  for (const [name, rotation] of Object.entries(muster.rotations)) {
    rotation.people.forEach((person, i) => {
      checkPerson(muster, refuse, ['rotations', name, 'people', i], person);
    });
  }
  for (const key of ['default', 'comms'] as const)
    checkRotation(muster, refuse, ['oncall', key], muster.oncall[key]);
};

const overrides: Check = (muster, refuse) => {
  muster.overrides.forEach(({ rotation, person, from, to }, i) => {
    checkRotation(muster, refuse, ['overrides', i, 'rotation'], rotation);
    checkPerson(muster, refuse, ['overrides', i, 'person'], person);
    const [zoned, other] = [from, to].map((moment) => /Z|[+-]\d\d:\d\d$/.test(moment));
    refuse(zoned !== other, ['overrides', i, 'to'], 'from and to must both have an offset, or neither');
    refuse(Date.parse(from) >= Date.parse(to), ['overrides', i, 'to'], 'must be after from');
  });
};

const severityRules: Check = (muster, refuse) => {
  muster.severity.forEach((rule, i) => {
    const first = muster.severity.findIndex((other) => other.name === rule.name);
    refuse(first !== i, ['severity', i, 'name'], `there is another rule "${rule.name}"`);
    rule.match.forEach((text, j) => {
      const matcher = parseMatcher(text);
      if ('error' in matcher) refuse(true, ['severity', i, 'match', j], `matcher ${text} ${matcher.error}`);
    });
  });
};

const policies: Check = (muster, refuse) => {
  for (const [severity, policy] of Object.entries(muster.policies)) {
    const path = ['policies', severity];
    refuse(policy.page && policy.incident === 'list', [...path, 'page'], 'needs incident: open');
    refuse(policy.page && policy.levels.length === 0, [...path, 'levels'], 'is empty: nobody would be paged');
    refuse(policy.page && policy.via.length === 0, [...path, 'via'], 'is empty: nothing would page');
    policy.levels.forEach(({ after, who }, i) => {
      const known = rungs.includes(who) || isPerson(muster, who);
      refuse(
        !known,
        [...path, 'levels', i, 'who'],
        `"${who}" is neither primary, secondary, team nor a person`,
      );
      const late = i === 0 || after > policy.levels[i - 1]!.after;
      refuse(!late, [...path, 'levels', i, 'after'], 'must be later than the level before');
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
};

const permissions: Check = (muster, refuse) => {
  for (const [action, who] of Object.entries(muster.permissions)) {
    if (who === 'anyone') continue;
    refuse(who.length === 0, ['permissions', action], 'is empty: nobody could do it');
    who.forEach((name, i) => {
      const known = roles.includes(name) || isPerson(muster, name);
      refuse(!known, ['permissions', action, i], `"${name}" is neither a role nor a person`);
    });
  }
};

const postmortem: Check = (muster, refuse) => {
  muster.postmortem.reviewers.forEach((name, i) => {
    const path = ['postmortem', 'reviewers', i];
    checkPerson(muster, refuse, path, name);
    refuse(isPerson(muster, name) && !muster.people[name]?.github, path, `${name} has no GitHub login`);
  });
};

const checks: Check[] = [people, schedule, overrides, severityRules, policies, permissions, postmortem];
