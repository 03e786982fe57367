/**
 * One environment setting. `secret` values are masked everywhere and may also come from the file that `NAME_FILE` names;
 * `url-secret` is an address of which only the password is secret.
 */
export type Setting = {
  group: 'Muster' | 'Redis' | 'Alertmanager and Prometheus' | 'Slack' | 'GitHub' | 'PagerDuty';
  about: string;
  kind:
    | 'text'
    | 'secret'
    | 'url'
    | 'urls'
    | 'redis-url'
    | 'addresses'
    | 'names'
    | 'integer'
    | 'repository'
    | 'log-level';
  default?: string;
  example?: string;
  /** What a value must look like beyond its kind, and how to say so. */
  pattern?: { is: RegExp; says: string };
};

/** The one declared table of environment settings: types, checks, `.env.example`, documentation and masking come from it. */
export const settingsTable = {
  MUSTER_CONFIG: {
    group: 'Muster',
    kind: 'text',
    about:
      'Path of muster.yaml. Without it, ./muster.yaml is used where it exists, else the built-in defaults.',
    example: './muster.yaml',
  },
  HOST: { group: 'Muster', kind: 'text', about: 'Address to listen on.', default: '0.0.0.0' },
  PORT: {
    group: 'Muster',
    kind: 'integer',
    about: 'Port to listen on; 0 takes a free one.',
    default: '8080',
  },
  PUBLIC_URL: {
    group: 'Muster',
    kind: 'url',
    about: 'Address under which people reach Muster, for links in pages. Default: http://localhost:PORT.',
    example: 'https://muster.example.com',
  },
  DATA_DIR: {
    group: 'Muster',
    kind: 'text',
    about: 'Folder for the embedded Redis, the local postmortem repository and the generated link secret.',
    default: './data',
  },
  LOG_LEVEL: {
    group: 'Muster',
    kind: 'log-level',
    about: 'silent, fatal, error, warn, info, debug or trace.',
    default: 'info',
  },
  LINK_SECRET: {
    group: 'Muster',
    kind: 'secret',
    about:
      'Signs acknowledge links. Made and kept in DATA_DIR when missing; set it when several processes run.',
  },
  REDIS_URL: {
    group: 'Redis',
    kind: 'redis-url',
    about: 'One Redis. With no Redis setting at all an embedded one is started in DATA_DIR.',
    example: 'redis://:password@127.0.0.1:6379',
  },
  REDIS_SENTINELS: {
    group: 'Redis',
    kind: 'addresses',
    about: 'Sentinels as host:port, separated by commas; instead of REDIS_URL.',
    example: 'sentinel-1:26379,sentinel-2:26379,sentinel-3:26379',
  },
  REDIS_SENTINEL_MASTER: {
    group: 'Redis',
    kind: 'text',
    about: 'Name of the master that the Sentinels watch.',
    example: 'mymaster',
  },
  REDIS_USERNAME: { group: 'Redis', kind: 'text', about: 'ACL user of the Redis behind the Sentinels.' },
  REDIS_PASSWORD: { group: 'Redis', kind: 'secret', about: 'Password of the Redis behind the Sentinels.' },
  ALERTMANAGER_TOKEN: {
    group: 'Alertmanager and Prometheus',
    kind: 'secret',
    about: 'Bearer token that Alertmanager sends to /webhooks/alertmanager.',
  },
  ALERTMANAGER_USER: {
    group: 'Alertmanager and Prometheus',
    kind: 'text',
    about: 'User name, where Alertmanager sends Basic instead of Bearer.',
  },
  ALERTMANAGER_PASSWORD: {
    group: 'Alertmanager and Prometheus',
    kind: 'secret',
    about: 'Password that goes with ALERTMANAGER_USER.',
  },
  ALERTMANAGER_URL: {
    group: 'Alertmanager and Prometheus',
    kind: 'urls',
    about:
      'Address of Alertmanager, or of each peer, separated by commas; its alerts are then compared every 30 s.',
    example: 'http://alertmanager-1:9093,http://alertmanager-2:9093',
  },
  ALERTMANAGER_RECEIVERS: {
    group: 'Alertmanager and Prometheus',
    kind: 'names',
    about:
      'Receivers of Alertmanager whose alerts are ours, separated by commas. Without it a comparison takes all of them.',
    example: 'muster',
  },
  PROMETHEUS_URL: {
    group: 'Alertmanager and Prometheus',
    kind: 'url',
    about: 'Address of Prometheus, for queries of runbooks and the postmortem.',
    example: 'http://prometheus:9090',
  },
  WEBHOOK_MAX_BYTES: {
    group: 'Alertmanager and Prometheus',
    kind: 'integer',
    about: 'Largest webhook body that is read.',
    default: '5242880',
  },
  SLACK_BOT_TOKEN: {
    group: 'Slack',
    kind: 'secret',
    about: 'Bot token of the installed app.',
    pattern: { is: /^xox[be]/, says: 'starts with xoxb-' },
  },
  SLACK_SIGNING_SECRET: {
    group: 'Slack',
    kind: 'secret',
    about: 'Verifies requests that Slack sends over HTTP.',
  },
  SLACK_APP_TOKEN: {
    group: 'Slack',
    kind: 'secret',
    about: 'App-level token; with it Socket Mode is used and Slack needs no way in.',
    pattern: { is: /^xapp-/, says: 'starts with xapp-' },
  },
  SLACK_API_URL: {
    group: 'Slack',
    kind: 'url',
    about: "Base address of Slack's Web API (GovSlack has its own).",
    default: 'https://slack.com/api/',
  },
  GITHUB_TOKEN: {
    group: 'GitHub',
    kind: 'secret',
    about: 'Fine-grained token: contents and pull requests, write.',
  },
  GITHUB_APP_ID: { group: 'GitHub', kind: 'integer', about: 'GitHub App, instead of GITHUB_TOKEN.' },
  GITHUB_PRIVATE_KEY: {
    group: 'GitHub',
    kind: 'secret',
    about: "The App's private key in PEM form; easiest as GITHUB_PRIVATE_KEY_FILE.",
    pattern: { is: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, says: 'is a private key in PEM form' },
  },
  GITHUB_APP_INSTALLATION_ID: {
    group: 'GitHub',
    kind: 'integer',
    about: "The App's installation; looked up by the repository when missing.",
  },
  GITHUB_REPOSITORY: {
    group: 'GitHub',
    kind: 'repository',
    about: 'Repository of the postmortems. Without GitHub they go to a local one in DATA_DIR.',
    example: 'example-org/postmortems',
  },
  GITHUB_API_URL: {
    group: 'GitHub',
    kind: 'url',
    about: 'Base address of the REST API (GitHub Enterprise has its own).',
    default: 'https://api.github.com',
  },
  GITHUB_WEBHOOK_SECRET: {
    group: 'GitHub',
    kind: 'secret',
    about: 'Verifies what GitHub sends to /webhooks/github.',
  },
  PAGERDUTY_ROUTING_KEY: {
    group: 'PagerDuty',
    kind: 'secret',
    about: 'Integration key of an Events API v2 integration.',
  },
  PAGERDUTY_EVENTS_URL: {
    group: 'PagerDuty',
    kind: 'url',
    about: 'Base address of the Events API.',
    default: 'https://events.pagerduty.com',
  },
  PAGERDUTY_WEBHOOK_SECRET: {
    group: 'PagerDuty',
    kind: 'secret',
    about: 'Verifies what PagerDuty sends to /webhooks/pagerduty.',
  },
} as const satisfies Record<string, Setting>;
