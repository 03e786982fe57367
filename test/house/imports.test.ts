import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** The rooms and which other rooms each may import; all may `import type` from config. */
const rooms: Record<string, string[]> = {
  incident: [],
  kit: [],
  config: ['kit', 'incident'],
  alerts: ['incident', 'kit'],
  chart: ['incident', 'kit'],
  oncall: ['incident', 'kit'],
  paging: ['incident', 'oncall', 'kit'],
  slack: ['incident', 'kit'],
  runbook: ['incident', 'kit'],
  postmortem: ['incident', 'kit'],
  github: ['kit'],
  web: ['incident', 'kit'],
  sandbox: ['kit'],
  redis: ['incident', 'kit'],
  demo: ['*'],
  app: ['*'],
  cli: ['*'],
  'main.ts': ['*'],
};

/** Which rooms may use a vendor package, and which may only take types from it. */
const vendors: Record<string, { in: string[]; typesIn?: string[] }> = {
  '@expo-google-fonts/nanum-gothic': { in: ['chart'] },
  '@prometheus-io/lezer-promql': { in: ['runbook'] },
  '@slack/bolt': { in: ['slack'], typesIn: ['sandbox'] },
  '@slack/types': { in: ['slack'], typesIn: ['sandbox', 'paging'] },
  '@slack/web-api': { in: ['slack'], typesIn: ['sandbox', 'paging'] },
  '@resvg/resvg-js': { in: ['chart'] },
  '@octokit/auth-app': { in: ['github'] },
  '@octokit/rest': { in: ['github'] },
  '@octokit/webhooks': { in: ['github'] },
  '@marcbachmann/cel-js': { in: ['runbook'] },
  '@platformatic/kafka': { in: ['runbook'] },
  bullmq: { in: ['redis'] },
  croner: { in: ['runbook'] },
  'd3-scale': { in: ['chart'] },
  'd3-shape': { in: ['chart'] },
  cockatiel: { in: ['kit'] },
  commander: { in: ['cli', 'main.ts'] },
  dayjs: { in: Object.keys(rooms).filter((room) => room !== 'incident') },
  diff: { in: ['sandbox'] },
  express: {
    in: ['web', 'sandbox', 'demo', 'app', 'main.ts'],
    typesIn: ['alerts', 'slack', 'github', 'paging'],
  },
  ioredis: { in: ['redis', 'runbook', 'demo'] }, // runbook and demo: other people's Redis
  'jsonpath-rfc9535': { in: ['runbook'] },
  mysql2: { in: ['runbook'] },
  pg: { in: ['runbook'] },
  liquidjs: { in: ['postmortem'] },
  'markdown-it': { in: ['sandbox'] },
  pino: { in: ['kit'] },
  'prom-client': { in: ['web', 'main.ts', 'demo'] },
  re2js: { in: ['kit'] },
  'temporal-polyfill': { in: ['oncall'] },
  undici: { in: ['kit', 'runbook'] },
  ws: { in: ['sandbox'] },
  yaml: { in: ['kit', 'config', 'runbook', 'cli', 'demo'] },
  zod: { in: Object.keys(rooms).filter((room) => room !== 'incident') },
};

const allows = (list: string[] = [], room: string) => list.includes(room) || list.includes('*');
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

/** Why this import is not allowed, or nothing. */
function objection(file: string, name: string, typeOnly: boolean): string | undefined {
  const room = relative('src', file).split('/')[0]!;
  if (name.startsWith('node:')) return;
  if (!name.startsWith('.')) {
    const vendor = vendors[packageOf(name)];
    if (!vendor) return `${name} is not in the table of vendor packages`;
    if (allows(vendor.in, room) || (typeOnly && allows(vendor.typesIn, room))) return;
    const types = typeOnly || !vendor.typesIn ? '' : `; ${vendor.typesIn.join(', ')} may import its types`;
    return `${name} belongs to ${vendor.in.join(', ')}${types}`;
  }
  const target = relative('src', resolve(dirname(file), name));
  const other = target.split('/')[0]!;
  if (other === '..' || other === room) return;
  if (typeOnly && other === 'config') return;
  if (allows(rooms[room], other) && other !== 'main.ts') return;
  return `${room} may import ${rooms[room]?.join(', ') || 'no other room'}, not ${other}: declare a function type and let main.ts supply it`;
}

const sources = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mts|js)$/.test(name))
    .map((name) => join(folder, name));
const imported =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)(\.\w)?/gm;

test('rooms import only what the table allows', () => {
  const complaints = sources('src').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(imported)].flatMap(([, type, fixed, lazy]) => {
      const why = objection(file, (fixed ?? lazy)!, type !== undefined);
      return why ? [`${file}: ${why}`] : [];
    }),
  );
  expect(complaints).toEqual([]);
});

test('the tables name only rooms and packages that exist', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(Object.keys(vendors).sort()).toEqual(Object.keys(dependencies).sort());
  expect(Object.keys(rooms)).toEqual(expect.arrayContaining(readdirSync('src')));
});

test.each([
  ['src/slack/card.ts', '../github/client.ts', false, /slack may import incident, kit, not github/],
  ['src/incident/decide.ts', '../kit/failure.ts', true, /incident may import no other room/],
  ['src/paging/plan.ts', '../config/settings.ts', false, /not config/],
  ['src/alerts/door.ts', 'express', false, /alerts.* may import its types/],
  ['src/web/server.ts', 'lodash', false, /not in the table/],
  ['src/paging/plan.ts', '../config/settings.ts', true, undefined],
  ['src/alerts/door.ts', 'express', true, undefined],
  ['src/paging/pagers/sms.ts', '../../oncall/who.ts', false, undefined],
  ['src/cli/serve.ts', '../github/client.ts', false, undefined],
])('%s importing %s (type only: %s)', (file, name, typeOnly, why) => {
  const said = objection(file, name, typeOnly);
  if (why) expect(said).toMatch(why);
  else expect(said).toBeUndefined();
});
