/** One shape of a secret; `mask` is a replacement that keeps what says which kind of secret stood there. */
type TokenPattern = { name: string; find: RegExp; mask: string; example: string };

/**
 * Shapes of secrets that may stand in alert text, answers and log lines although nobody declared them, after the rule set of
 * gitleaks (https://github.com/gitleaks/gitleaks). Repetitions are bounded or never overlap, so that every expression runs in linear time.
 */
export const tokenPatterns: readonly TokenPattern[] = [
  {
    name: 'private key',
    find: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----))*(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?/g,
    mask: '[redacted private key]',
    example: '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----',
  },
  {
    name: 'Slack token',
    find: /\b(xox[a-z]|xapp|xoxe\.xox[a-z])-[A-Za-z0-9-]{8,}/g,
    mask: '$1-[redacted]',
    example: `${'xoxb'}-1234567890-abcdefghijkl`,
  },
  {
    name: 'Slack webhook',
    find: /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]+/g,
    mask: '$1[redacted]',
    example: `https://hooks.slack.com/${'services'}/T000/B000/abcdef`,
  },
  {
    name: 'GitHub token',
    find: /\b(gh[pousr]_|github_pat_)[A-Za-z0-9_]{16,}/g,
    mask: '$1[redacted]',
    example: `${'ghp_'}abcdefghijklmnopqrstuvwxyz0123456789`,
  },
  {
    name: 'GitLab token',
    find: /\b(glpat-)[\w-]{16,}/g,
    mask: '$1[redacted]',
    example: `${'glpat-'}abcdefghijklmnopqrst`,
  },
  {
    name: 'AWS access key',
    find: /\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{4})[A-Z0-9]{12}\b/g,
    mask: '$1[redacted]',
    example: `${'AKIA'}IOSFODNN7EXAMPLE`,
  },
  {
    name: 'Google API key',
    find: /\b(AIza)[\w-]{35}/g,
    mask: '$1[redacted]',
    example: `${'AIza'}SyA1234567890abcdefghijklmnopqrstuv`,
  },
  {
    name: 'Stripe key',
    find: /\b([rs]k_(?:live|test)_)[A-Za-z0-9]{10,}/g,
    mask: '$1[redacted]',
    example: `${'sk_live_'}abcdefghijklmnop`,
  },
  {
    name: 'npm token',
    find: /\b(npm_)[A-Za-z0-9]{36}\b/g,
    mask: '$1[redacted]',
    example: `${'npm_'}abcdefghijklmnopqrstuvwxyz0123456789`,
  },
  {
    name: 'JSON web token',
    find: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*/g,
    mask: '[redacted JWT]',
    example: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
  },
  {
    name: 'bearer token',
    find: /\b(bearer|genie ?key)(\s+)[\w.~+/=-]{8,}/gi,
    mask: '$1$2[redacted]',
    example: 'Bearer abcdef0123456789',
  },
  {
    name: 'basic credential',
    find: /\b(Basic\s+)(?=[A-Za-z0-9+/]{0,500}[0-9=+/])[A-Za-z0-9+/]{8,500}={0,2}/g,
    mask: '$1[redacted]',
    example: 'Basic YWxlcnRtYW5hZ2VyOmV4YW1wbGU=',
  },
  {
    name: 'password in a URL',
    find: /\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,100}:)[^\s/"'<>]{1,200}(?=@)/gi,
    mask: '$1[redacted]',
    example: 'redis://default:hunter2hunter2@redis-1:6379',
  },
  {
    name: 'secret in a query string',
    find: /([?&](?:token|key|sig|signature|secret|code)=)[^\s&#"'<>]+/gi,
    mask: '$1[redacted]',
    example: 'https://example.com/hook?env=prod&token=abcdef',
  },
  {
    name: 'named secret',
    find: /((?:password|passwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?token|access[_-]?token|routing[_-]?key)\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)(?!\[redacted)[^\s"'\\,;&}]{6,200}/gi,
    mask: '$1[redacted]',
    example: 'aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
  },
];
