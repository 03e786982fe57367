import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort, hasRedis, redisMissing, until } from '../parts/redis-node.ts';
import { muster, ownFolder, startMuster } from './muster.ts';

const yaml = 'timezone: Asia/Seoul\npeople: { minji: { name: Kim Minji } }\n';

describe.skipIf(!hasRedis)(`muster serve and the commands beside it (${redisMissing})`, () => {
  it('takes an alert, shows the incident to other processes, and stops in order within five seconds', async () => {
    const folder = ownFolder();
    writeFileSync(join(folder, 'muster.yaml'), yaml);
    const port = String(await freePort());
    const env = { ALERTMANAGER_TOKEN: 'example-token', HOST: '127.0.0.1', PORT: port };
    const url = `http://127.0.0.1:${port}`;
    const server = startMuster(folder, ['serve'], env);
    await until('the server to be ready', async () => (await fetch(`${url}/readyz`)).ok, 30_000);

    const fire = ['alert', 'fire', 'HighErrorRate', '--label', 'severity=critical', 'service=orders'];
    expect(await muster(folder, fire, { ...env, PUBLIC_URL: url })).toMatchObject({
      code: 0,
      out: 'HTTP 200 taken\n',
    });
    await muster(folder, ['alert', 'fire', 'DiskFillsUp', '--label', 'severity=warning', '--url', url], env);

    const list = await muster(folder, ['incident', 'list'], env);
    expect(list.code).toBe(0);
    expect(list.out).toMatch(/^inc-1 +P1 {2}open +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}\S/m);
    expect(list.out).toMatch(/^listed +P3 .*Disk fills up/m);
    const show = await muster(folder, ['incident', 'show', 'inc-1'], env);
    expect(show.out).toMatch(
      /severity +P1 by rule \S+[\s\S]*alerts +1 firing of 1[\s\S]*acknowledged +not yet/,
    );
    const timeline = await muster(folder, ['incident', 'timeline', '1', '--json'], env);
    expect(JSON.parse(timeline.out)[0]).toMatchObject({ by: 'Alertmanager', type: 'IncidentOpened' });
    const missing = await muster(folder, ['incident', 'show', '7'], env);
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('There is no incident 7.')]);

    // All of these used the embedded Redis and left it; the server still has it.
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const asked = Date.now();
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
    expect(Date.now() - asked).toBeLessThan(5000);

    // And nobody has it now: what was kept is read from the file.
    expect((await muster(folder, ['incident', 'list'], env)).out).toMatch(/^inc-1 /m);
  }, 90_000);

  it('sends no alert without a credential, and says in one line which one', async () => {
    const { code, err } = await muster(ownFolder(), ['alert', 'fire', 'X', '--label', 'severity']);
    expect([code, err]).toEqual([1, expect.stringMatching(/^ALERTMANAGER_TOKEN, or .* is missing.*\n$/)]);
  });
});

describe('muster incident list', () => {
  it('says in one line that Redis is down', async () => {
    const port = await freePort();
    const { code, out, err } = await startMuster(ownFolder(), ['incident', 'list'], {
      REDIS_URL: `redis://127.0.0.1:${port}`,
    }).ended;
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      new RegExp(`^Redis does not answer \\(127\\.0\\.0\\.1:${port}\\)\\. Start it, .*\\n$`),
    );
  }, 30_000);

  it('makes no store where there is none', async () => {
    const folder = ownFolder();
    mkdirSync(join(folder, 'data'));
    const { code, err } = await muster(folder, ['incident', 'list']);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^Nothing was ever kept in .*data\. Set REDIS_URL/),
    ]);
  });
});
