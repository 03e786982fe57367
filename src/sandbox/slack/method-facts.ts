import facts from './methods.json' with { type: 'json' };
import type { Tier } from './rate.ts';
import type { Channel } from './world.ts';

/** What Slack documents about one method (docs.slack.dev, 2026-08), in the form the sandbox checks. */
export type MethodFacts = {
  tier: Tier;
  scopes: string[];
  /** The scopes of which one is enough, for this kind of channel. */
  scopesFor: (kind: Channel['kind'] | undefined) => string[];
  required: string[];
  /** Where a missing argument has an error of its own. */
  errorForMissing: Record<string, string>;
  errors: Set<string>;
};

/** Errors that any method may answer. */
const anywhere = [
  'invalid_arguments',
  'missing_scope',
  'not_allowed_token_type',
  'fatal_error',
  'internal_error',
  'ratelimited',
];

/**
 * Documented for the method's siblings and seen from real Slack, but missing in the scraped pages: length checks on
 * `chat.*` (Java SDK), arguments of `pins` and `conversations.open`.
 */
const alsoAnswered: Record<string, string[]> = {
  'chat.postMessage': ['msg_blocks_too_long', 'user_not_found', 'invalid_attachments', 'message_not_found'],
  'chat.update': ['msg_blocks_too_long'],
  'chat.postEphemeral': ['msg_blocks_too_long', 'user_not_found'],
  'conversations.members': ['channel_not_found'],
  'conversations.kick': ['not_in_channel'],
};

const missing: Record<string, Record<string, string>> = {
  'conversations.create': { name: 'invalid_name_required' },
  'conversations.rename': { name: 'invalid_name_required' },
  'conversations.invite': { users: 'no_user' },
  'reactions.add': { timestamp: 'no_item_specified', name: 'invalid_name' },
};

const prefixes = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;

/** The documented facts of a method, or undefined where the sandbox has no such method. */
export function methodFacts(method: string): MethodFacts | undefined {
  const found = (
    facts as Record<string, { tier: unknown; scopes: string[]; required: string[]; errors: string[] }>
  )[method];
  if (!found) return undefined;
  const byKind = found.scopes.some((scope) => /^(channels|groups|im|mpim):/.test(scope));
  // `channels:write` is a user scope: with a bot token the same right is called `channels:manage`.
  const forBots = found.scopes.filter((scope) => scope !== 'channels:write');
  return {
    tier: found.tier as Tier,
    scopes: found.scopes,
    scopesFor: (kind) =>
      kind && byKind
        ? forBots.filter((scope) => scope.startsWith(`${prefixes[kind]}:`))
        : defaultScopes(method, forBots),
    required: found.required,
    errorForMissing: missing[method] ?? {},
    errors: new Set([...found.errors, ...anywhere, ...(alsoAnswered[method] ?? [])]),
  };
}

/** Where no channel says the kind: a public channel is created, a direct conversation is opened. */
function defaultScopes(method: string, scopes: string[]): string[] {
  const prefix = { 'conversations.create': 'channels:', 'conversations.open': 'im:' }[method];
  return prefix ? scopes.filter((scope) => scope.startsWith(prefix)) : scopes;
}

/** Every method the sandbox documents. */
export const documentedMethods: string[] = Object.keys(facts);
