/** The people of the bench's muster.yaml. */
export const cast = {
  minji: { name: 'Kim Minji', slack: 'U0MINJI' },
  jun: { name: 'Jun Park', slack: 'U0JUN' },
  hana: { name: 'Hana Lee', slack: 'U0HANA' },
};

/** What a run needs of muster.yaml: how people are paged, and where the services are probed. */
export type Needs = { via: 'slack' | 'webhook'; probe?: string; pageHook?: string };

/** A small team's muster.yaml, in JSON, which is YAML too: two services, three people on call, severities treated by default. */
export function behaviourOf({ via, probe, pageHook }: Needs): string {
  const service = { runbook: 'http-check', ...(probe && { params: { http_url: probe } }) };
  return JSON.stringify({
    people: cast,
    services: { api: service, checkout: service },
    rotations: { platform: { people: ['minji', 'jun'] }, comms: { people: ['hana'] } },
    oncall: { default: 'platform', comms: 'comms' },
    policies: { P1: { via: [via] }, P2: { via: [via] } },
    ...(pageHook && { pagers: { webhook: { url: pageHook, secretRef: 'PAGE_SECRET' } } }),
  });
}
