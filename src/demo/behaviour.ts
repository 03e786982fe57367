import { stringify } from 'yaml';
import { loadMuster, type Muster } from '../config/muster-yaml.ts';
import { Failure } from '../kit/failure.ts';
import { cast, personas } from './cast.ts';

/** Where the demo's Redis set is; its ports differ at every start. */
export type Targets = { sentinels: string[]; nodes: string[]; master: string };

/** The demo's muster.yaml, written out so that a visitor can read what a team would write. `now` is epoch milliseconds. */
export function writeBehaviour({ sentinels, nodes, master }: Targets, now: number): string {
  // Whatever the week says, the demo's roles are the same: overrides for two days round now.
  const day = (shift: number): string => new Date(now + shift * 86_400_000).toISOString().slice(0, 16);
  const override = (as: string, person: string) => ({
    rotation: 'platform',
    as,
    person,
    from: day(-1),
    to: day(2),
  });
  return stringify({
    language: 'en',
    timezone: 'Asia/Seoul',
    people: Object.fromEntries(
      personas.map((id) => {
        const { name, slack, login } = cast[id];
        const language = id === 'minji' ? { language: 'ko' } : {};
        return [id, { name, slack, email: `${id}@example.com`, github: login, ...language }];
      }),
    ),
    services: {
      orders: {
        name: 'Orders',
        owner: 'platform',
        runbook: 'redis-sentinel',
        params: { sentinels, sentinel_master: master, redis_nodes: nodes, redis_replicas: 2 },
      },
    },
    rotations: {
      platform: { people: ['minji', 'jun'], start: '2026-01-05' },
      comms: { people: ['hana'], start: '2026-01-05' },
    },
    oncall: { default: 'platform', comms: 'comms' },
    overrides: [override('primary', 'minji'), override('secondary', 'jun')],
    // A story told twice is two incidents.
    grouping: { reopen_within: '1s' },
    policies: { P1: { via: ['slack'] }, P2: { via: ['slack'] } },
    postmortem: { reviewers: ['sora'], labels: ['postmortem'], on: ['P1', 'P2'] },
  });
}

/** The demo's behaviour, read as `muster serve` would read it. */
export function readBehaviour(text: string): Muster {
  const loaded = loadMuster(text, 'muster.yaml');
  if ('muster' in loaded) return loaded.muster;
  const first = loaded.problems[0];
  throw new Failure({
    code: 'demo-behaviour',
    what: "The demo's muster.yaml is refused",
    value: `${first?.line}:${first?.column} ${first?.message}`,
    remedy: 'This is a defect of the demo: please report it.',
    retry: 'never',
  });
}
