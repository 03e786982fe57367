import { type Core, Refusal } from './core.ts';
import type { Fault, Faults } from './faults.ts';
import type { ApiCall, Journal } from './journal.ts';
import { methodFacts } from './method-facts.ts';
import { type Args, methods } from './methods/registry.ts';
import type { createRateLimiter } from './rate.ts';

/** An HTTP answer, or the lack of one: `reset` cuts the connection, `hang` never answers. */
export type ApiAnswer =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: unknown; delayMs: number }
  | { kind: 'reset' }
  | { kind: 'hang' };

/** Answers Web API calls as Slack does: faults first, then token, rate, scopes, arguments, and the method itself. */
export function createApi(parts: {
  core: Core;
  journal: Journal;
  faults: Faults;
  rate: ReturnType<typeof createRateLimiter>;
}): (method: string, args: Args, token: string | undefined) => ApiAnswer {
  const { core, journal, faults } = parts;
  return (method, args, token) => {
    const fault = faults.forCall(method);
    const call: ApiCall = {
      at: core.now(),
      method,
      args,
      status: undefined,
      ok: false,
      error: undefined,
      fault,
    };
    journal.calls.push(call);
    const before = fault && faultAnswer(fault, 'before');
    const answer = before ?? perform(parts, method, args, token);
    if (answer.kind === 'answer') {
      const body = answer.body as { ok?: boolean; error?: string };
      Object.assign(call, { status: answer.status, ok: body.ok === true, error: body.error });
    }
    const after = before ? undefined : fault && faultAnswer(fault, 'after');
    if (fault?.kind === 'slow' && answer.kind === 'answer') return { ...answer, delayMs: fault.ms };
    return after ?? answer;
  };
}

function perform(
  parts: Parameters<typeof createApi>[0],
  method: string,
  args: Args,
  token: string | undefined,
): ApiAnswer {
  const { core } = parts;
  const facts = methodFacts(method);
  const run = methods[method];
  if (!facts || !run) return failed('unknown_method', { req_method: method });
  if (!token) return failed('not_authed');
  const expected = method === 'apps.connections.open' ? core.app.appToken : core.app.botToken;
  if (token !== expected)
    return failed(
      [core.app.appToken, core.app.botToken].includes(token) ? 'not_allowed_token_type' : 'invalid_auth',
    );
  const wait = parts.rate(method, facts.tier, typeof args.channel === 'string' ? args.channel : undefined);
  if (wait !== undefined)
    return answer(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(wait) });
  const scopes = {
    'x-oauth-scopes': core.app.scopes.join(','),
    'x-accepted-oauth-scopes': facts.scopes.join(','),
  };
  const channel = core.world.channels.get(String(args.channel ?? ''));
  const needed = facts.scopesFor(channel?.kind ?? (args.is_private ? 'private' : undefined));
  if (needed.length > 0 && !needed.some((scope) => core.app.scopes.includes(scope)))
    return failed('missing_scope', { needed: needed.join(','), provided: core.app.scopes.join(',') }, scopes);
  const missing = facts.required.find((name) => args[name] === undefined || args[name] === '');
  if (missing) {
    const messages = [`[ERROR] missing required field: ${missing}`];
    return failed(
      facts.errorForMissing[missing] ?? 'invalid_arguments',
      { response_metadata: { messages } },
      scopes,
    );
  }
  try {
    return answer(200, { ok: true, ...run(core, args) }, scopes);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!facts.errors.has(error.code)) throw new Error(`${method} does not document the error ${error.code}`);
    return failed(error.code, error.details, scopes);
  }
}

function faultAnswer(fault: Fault, when: 'before' | 'after'): ApiAnswer | undefined {
  if (fault.kind === 'slow') return undefined;
  if (fault.kind === 'rate') {
    const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
    return when === 'before' ? answer(429, { ok: false, error: 'ratelimited' }, headers) : undefined;
  }
  if (fault.kind === 'error') return when === 'before' ? failed(fault.error) : undefined;
  if (fault.when !== when) return undefined;
  return fault.kind === 'status' ? answer(fault.status, 'upstream connect error', {}) : { kind: fault.kind };
}

function failed(error: string, details: object = {}, headers: Record<string, string> = {}): ApiAnswer {
  return answer(200, { ok: false, error, ...details }, headers);
}

function answer(status: number, body: unknown, headers: Record<string, string>): ApiAnswer {
  return { kind: 'answer', status, body, headers, delayMs: 0 };
}
