import type { Settings } from './settings.ts';

/**
 * What is wrong between settings that are each right by themselves; one sentence per problem, saying what to do. `given` names
 * those that were set, rightly or not, so that a mistyped value is not reported as missing too.
 */
export function settingRules(settings: Settings, given: ReadonlySet<string>, doors: boolean): string[] {
  const has = (name: keyof Settings) => given.has(name);
  const problems: string[] = [];
  const refuse = (when: boolean, problem: string) => when && problems.push(problem);

  refuse(
    doors && !has('ALERTMANAGER_TOKEN') && !(has('ALERTMANAGER_USER') && has('ALERTMANAGER_PASSWORD')),
    'ALERTMANAGER_TOKEN, or ALERTMANAGER_USER with ALERTMANAGER_PASSWORD, is missing: the webhook takes no alert without a credential',
  );
  refuse(
    has('ALERTMANAGER_USER') !== has('ALERTMANAGER_PASSWORD'),
    'ALERTMANAGER_USER and ALERTMANAGER_PASSWORD go together; one of them is missing',
  );

  refuse(has('REDIS_URL') && has('REDIS_SENTINELS'), 'REDIS_URL and REDIS_SENTINELS are both set; keep one');
  refuse(
    has('REDIS_SENTINELS') !== has('REDIS_SENTINEL_MASTER'),
    'REDIS_SENTINELS and REDIS_SENTINEL_MASTER go together; one of them is missing',
  );
  refuse(
    !has('REDIS_SENTINELS') && (has('REDIS_USERNAME') || has('REDIS_PASSWORD')),
    'REDIS_USERNAME and REDIS_PASSWORD go with REDIS_SENTINELS; for one Redis write them into REDIS_URL',
  );

  refuse(
    doors && has('SLACK_BOT_TOKEN') && !has('SLACK_SIGNING_SECRET') && !has('SLACK_APP_TOKEN'),
    'SLACK_BOT_TOKEN needs SLACK_SIGNING_SECRET (requests over HTTP) or SLACK_APP_TOKEN (Socket Mode)',
  );
  refuse(
    !has('SLACK_BOT_TOKEN') && (has('SLACK_SIGNING_SECRET') || has('SLACK_APP_TOKEN')),
    'SLACK_BOT_TOKEN is missing beside SLACK_SIGNING_SECRET or SLACK_APP_TOKEN',
  );

  const app = has('GITHUB_APP_ID') || has('GITHUB_PRIVATE_KEY');
  const github = has('GITHUB_TOKEN') || app;
  refuse(has('GITHUB_TOKEN') && app, 'GITHUB_TOKEN and a GitHub App are both set; keep one');
  refuse(
    has('GITHUB_APP_ID') !== has('GITHUB_PRIVATE_KEY'),
    'GITHUB_APP_ID and GITHUB_PRIVATE_KEY go together; one of them is missing',
  );
  refuse(
    has('GITHUB_APP_INSTALLATION_ID') && !app,
    'GITHUB_APP_INSTALLATION_ID needs GITHUB_APP_ID and GITHUB_PRIVATE_KEY',
  );
  refuse(
    github && !has('GITHUB_REPOSITORY'),
    'GITHUB_REPOSITORY is missing: it says where postmortems go (owner/name)',
  );
  refuse(
    !github && has('GITHUB_REPOSITORY'),
    'GITHUB_REPOSITORY needs GITHUB_TOKEN, or GITHUB_APP_ID with GITHUB_PRIVATE_KEY',
  );
  refuse(
    doors && github && !has('GITHUB_WEBHOOK_SECRET'),
    'GITHUB_WEBHOOK_SECRET is missing: without it reviews and merges of postmortems are not heard of',
  );

  refuse(
    doors && has('PAGERDUTY_ROUTING_KEY') && !has('PAGERDUTY_WEBHOOK_SECRET'),
    'PAGERDUTY_WEBHOOK_SECRET is missing: without it nobody can acknowledge from PagerDuty',
  );

  refuse((settings.PORT ?? 0) > 65_535, 'PORT must be at most 65535');
  refuse(
    settings.WEBHOOK_MAX_BYTES < 10_000,
    'WEBHOOK_MAX_BYTES must be at least 10000, or ordinary groups are refused',
  );
  return problems;
}
