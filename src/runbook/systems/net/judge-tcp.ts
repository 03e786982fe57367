import type { StepResult } from '../../step.ts';
import type { Found } from './endpoint.ts';
import type { TcpMessages } from './tcp-messages.ts';
import type { Connection } from './tcp-view.ts';

/** Causes that a connection's end is sure of; what we do not understand names none. */
const causes: Partial<Record<Connection['state'], string>> = {
  refused: 'port-refused',
  timeout: 'port-silent',
  reset: 'connection-reset',
  closed: 'connection-closed',
  unreachable: 'host-unreachable',
};

/** What connecting to all addresses of one place says. Pure. */
export function judgeTcp(view: readonly Connection[], place: string, say: TcpMessages): StepResult {
  const open = view.filter(({ state }) => state === 'open');
  // An address without a route is no fault of the target where another one works: many hosts have no IPv6.
  const failed = view.filter(({ state }) => state !== 'open' && state !== 'unreachable');
  const evidence = {
    columns: say.columns,
    rows: view.map(({ address, state, ms }) => [address, say.states[state], `${ms} ms`]),
  };
  const facts = { open: open.length, addresses: view.length, states: view.map(({ state }) => state) };
  const first = failed[0] ?? view[0]!;
  if (open.length === 0) {
    const cause = causes[first.state];
    const sentence = say.why[first.state](say.at(place, first.address));
    if (cause === undefined) return { verdict: 'unknown', sentence, evidence, facts };
    return { verdict: 'fail', sentence, cause, evidence, facts };
  }
  if (failed.length > 0) {
    const list = failed.map(({ address, state }) => `${address} (${say.states[state]})`).join(', ');
    return { verdict: 'warn', sentence: say.some(place, open.length, view.length, list), evidence, facts };
  }
  const slowest = Math.max(...open.map(({ ms }) => ms));
  return { verdict: 'pass', sentence: say.fine(place, open.length, slowest), evidence, facts };
}

/** What stands in the way of connecting at all: a name without addresses, or addresses that are never dialled. */
export function judgeNotFound(
  found: Exclude<Found, { state: 'found' }>,
  host: string,
  say: TcpMessages,
): StepResult {
  const evidence = { columns: [], rows: [] };
  if (found.state === 'no-such-name')
    return { verdict: 'fail', sentence: say.noSuchName(host), cause: 'name-does-not-resolve', evidence };
  if (found.state === 'forbidden')
    return { verdict: 'unknown', sentence: say.forbidden(host, found.addresses.join(', ')), evidence };
  return { verdict: 'unknown', sentence: say.noResolver(host, found.code), evidence };
}
