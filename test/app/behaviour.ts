import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { cast, personas } from './cast.ts';

/** What the muster.yaml of a test says beside people and rotations; deep enough to be read at a glance. */
export type Behaviour = { policies?: object; services?: object; grouping?: object; [more: string]: unknown };

/** The secret that signs what the webhook pager is sent. */
export const pagerSecret = 'pager-hook-secret-of-the-test';

const day = (shift: number): string => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 16);

/** Whatever the week says, the demo's cast has the same roles in every test: Minji primary, Jun secondary, Hana comms. */
const override = (as: string, person: string) => ({
  rotation: 'platform',
  as,
  person,
  from: day(-400),
  to: day(400),
});

/** Writes muster.yaml into a folder and returns its path. Runbooks are the shipped ones unless `more` says otherwise. */
export function writeMusterYaml(folder: string, pagerHookUrl: string, more: Behaviour): string {
  const file = join(folder, 'muster.yaml');
  const { policies = {}, ...others } = more;
  const pagers = { via: ['slack', 'pagerduty'], fallback: ['webhook'] };
  const written = {
    language: 'en',
    timezone: 'Asia/Seoul',
    people: Object.fromEntries(
      personas.map((id) => {
        const { name, slack, login } = cast[id];
        return [id, { name, slack, email: `${id}@example.com`, github: login, pagerduty: `P${login}` }];
      }),
    ),
    rotations: {
      platform: { people: ['minji', 'jun'], start: '2020-01-06' },
      comms: { people: ['hana'], start: '2020-01-06' },
    },
    oncall: { default: 'platform', comms: 'comms' },
    overrides: [override('primary', 'minji'), override('secondary', 'jun')],
    policies: { P1: pagers, P2: pagers, ...policies },
    pagers: { webhook: { url: pagerHookUrl, secretRef: 'PAGER_HOOK_SECRET' } },
    postmortem: { reviewers: ['sora'], labels: ['postmortem'], on: ['P1', 'P2'] },
    runbooks: resolve(import.meta.dirname, '../../runbooks'),
    ...others,
  };
  writeFileSync(file, stringify(written, { aliasDuplicateObjects: false }));
  return file;
}
