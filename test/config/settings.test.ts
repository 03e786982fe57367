import { describe, expect, test } from 'vitest';
import { printEnvExample, printSettings } from '../../src/config/print-settings.ts';
import { readSettings, secretsOf } from '../../src/config/settings.ts';
import { settingsTable } from '../../src/config/settings-table.ts';

const files: Record<string, string> = {
  '/run/token': 'from-a-file\n',
  '/run/empty': '\n',
  '/run/key.pem': '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n',
};
const readFile = (path: string) => {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  return text;
};
const read = (env: Record<string, string>, doors = true) => {
  const result = readSettings({ ALERTMANAGER_TOKEN: 'example-token', ...env }, readFile, doors);
  return 'settings' in result
    ? { ...result, problems: [] }
    : { settings: undefined, problems: result.problems };
};

describe('readSettings', () => {
  test('a token is enough; the rest has defaults or is undefined', () => {
    const { settings } = read({});
    expect(settings).toMatchObject({
      HOST: '0.0.0.0',
      PORT: 8080,
      WEBHOOK_MAX_BYTES: 5_242_880,
      LOG_LEVEL: 'info',
    });
    expect(settings?.SLACK_API_URL).toBe('https://slack.com/api/');
    expect(settings?.REDIS_URL).toBeUndefined();
  });

  test('reads lists and numbers', () => {
    const { settings } = read({
      PORT: '0',
      REDIS_SENTINELS: 'a:26379, [::1]:26380',
      REDIS_SENTINEL_MASTER: 'orders',
      ALERTMANAGER_URL: 'http://a:9093,http://b:9093/am',
    });
    expect(settings?.PORT).toBe(0);
    expect(settings?.REDIS_SENTINELS).toEqual([
      { host: 'a', port: 26379 },
      { host: '::1', port: 26380 },
    ]);
    expect(settings?.ALERTMANAGER_URL).toEqual(['http://a:9093', 'http://b:9093/am']);
  });

  test('a secret may come from a file, without its last line end, and an empty variable counts as not set', () => {
    const { settings } = read({ ALERTMANAGER_TOKEN: ' ', ALERTMANAGER_TOKEN_FILE: '/run/token' });
    expect(settings?.ALERTMANAGER_TOKEN).toBe('from-a-file');
  });

  test.each([
    [
      { ALERTMANAGER_TOKEN_FILE: '/run/token' },
      /ALERTMANAGER_TOKEN and ALERTMANAGER_TOKEN_FILE are both set/,
    ],
    [
      { LINK_SECRET_FILE: '/run/none' },
      /LINK_SECRET_FILE names a file that cannot be read: \/run\/none \(ENOENT\)/,
    ],
    [{ LINK_SECRET_FILE: '/run/empty' }, /LINK_SECRET_FILE names an empty file/],
    [
      { ALERTMANAGER_TOKEN: '' },
      /ALERTMANAGER_TOKEN, or ALERTMANAGER_USER with ALERTMANAGER_PASSWORD, is missing/,
    ],
    [{ ALERTMANAGER_USER: 'am' }, /ALERTMANAGER_USER and ALERTMANAGER_PASSWORD go together/],
    [{ REDIS_URL: 'http://x' }, /REDIS_URL is no address of the form redis/],
    [{ REDIS_URL: 'redis://x', REDIS_SENTINELS: 'a:1', REDIS_SENTINEL_MASTER: 'm' }, /keep one/],
    [{ REDIS_SENTINELS: 'a:1' }, /REDIS_SENTINEL_MASTER go together/],
    [{ REDIS_SENTINELS: 'a', REDIS_SENTINEL_MASTER: 'm' }, /REDIS_SENTINELS is no list of host:port/],
    [{ REDIS_PASSWORD: 'longenough' }, /go with REDIS_SENTINELS/],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /SLACK_BOT_TOKEN needs SLACK_SIGNING_SECRET/],
    [
      { SLACK_BOT_TOKEN: 'nonsense', SLACK_APP_TOKEN: 'xapp-1' },
      /SLACK_BOT_TOKEN must be one that starts with xoxb-/,
    ],
    [{ SLACK_SIGNING_SECRET: 's' }, /SLACK_BOT_TOKEN is missing/],
    [{ GITHUB_TOKEN: 't', GITHUB_WEBHOOK_SECRET: 's' }, /GITHUB_REPOSITORY is missing/],
    [{ GITHUB_TOKEN: 't', GITHUB_REPOSITORY: 'o/r' }, /GITHUB_WEBHOOK_SECRET is missing/],
    [
      { GITHUB_TOKEN: 't', GITHUB_REPOSITORY: 'o', GITHUB_WEBHOOK_SECRET: 's' },
      /not of the form owner\/name/,
    ],
    [
      { GITHUB_APP_ID: '1', GITHUB_REPOSITORY: 'o/r', GITHUB_WEBHOOK_SECRET: 's' },
      /GITHUB_PRIVATE_KEY go together/,
    ],
    [{ GITHUB_REPOSITORY: 'o/r' }, /GITHUB_REPOSITORY needs GITHUB_TOKEN/],
    [{ PAGERDUTY_ROUTING_KEY: 'k' }, /PAGERDUTY_WEBHOOK_SECRET is missing/],
    [{ PORT: '80a' }, /PORT is no whole number: 80a/],
    [{ PORT: '70000' }, /PORT must be at most/],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, /PUBLIC_URL is no http\(s\) address/],
    [{ ALERTMANAGER_URL: 'http://a,b' }, /ALERTMANAGER_URL holds no http\(s\) address: b/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL is none of/],
    [{ WEBHOOK_MAX_BYTES: '10' }, /WEBHOOK_MAX_BYTES must be at least/],
  ])('%j is one problem', (env, says) => {
    const { problems } = read(env as unknown as Record<string, string>);
    expect(problems).toEqual([expect.stringMatching(says)]);
  });

  test('a GitHub App with its key from a file is complete', () => {
    const app = { GITHUB_APP_ID: '1', GITHUB_PRIVATE_KEY_FILE: '/run/key.pem', GITHUB_REPOSITORY: 'o/r' };
    expect(read({ ...app, GITHUB_WEBHOOK_SECRET: 's' }).problems).toEqual([]);
    expect(read({ ...app, GITHUB_TOKEN: 't', GITHUB_WEBHOOK_SECRET: 's' }).problems).toHaveLength(1);
  });

  test('names every problem at once, and never shows a secret', () => {
    const { problems } = read({
      PORT: 'x',
      SLACK_BOT_TOKEN: 'hunter2',
      REDIS_URL: 'ftp://u:hunter2@x',
      PUBLIC_URL: 'ftp://u:hunter2@x',
    });
    expect(problems).toHaveLength(5); // four values, and the signing secret that Slack needs
    expect(problems.join()).not.toContain('hunter2');
  });

  test('a command that opens no door needs no credential', () => {
    expect(readSettings({}, readFile, false)).toHaveProperty('settings');
  });
});

test('secretsOf lists every secret value and the password inside REDIS_URL', () => {
  const { settings } = read({
    REDIS_URL: 'redis://u:p%40ss@h',
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
  });
  expect(secretsOf(settings!).sort()).toEqual(['example-token', 'p%40ss', 'p@ss', 'xapp-1', 'xoxb-1']);
});

test('every setting stands in .env.example and in the document, secrets with their file', () => {
  const [example, document] = [printEnvExample(), printSettings()];
  for (const [name, setting] of Object.entries(settingsTable)) {
    expect(example).toMatch(new RegExp(`^#${name}=`, 'm'));
    expect(document).toContain(`\`${name}\``);
    expect(document.includes(`\`${name}_FILE\``)).toBe(setting.kind === 'secret');
  }
});
