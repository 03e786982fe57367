import type { Verdict } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import type { DnsMessages } from './dns-messages.ts';
import type { DnsView, ResolverSays } from './dns-view.ts';

/** What a name must resolve to, and how fast. An empty list expects nothing in particular. */
export type DnsExpectation = { name: string; addresses: string[]; withinMs: number };

type Finding = { verdict: Verdict; sentence: string; cause?: string };

/** Turns what the resolvers said into verdict, sentence, evidence and facts. Pure. */
export function judgeDns(view: DnsView, expected: DnsExpectation, say: DnsMessages): StepResult {
  const addresses = [...new Set(view.flatMap(addressesOf))].toSorted();
  const { verdict, sentence, cause } = find(view, expected, say);
  return {
    verdict,
    sentence,
    ...(cause === undefined ? {} : { cause }),
    evidence: {
      columns: say.columns,
      rows: view.map(({ resolver, ms, says }) => [
        resolver,
        says.state === 'answered' ? says.addresses.join(', ') : say.states[says.state],
        `${ms} ms`,
      ]),
    },
    facts: { addresses, resolvers: view.length, answered: view.filter(isAnswer).length },
  };
}

function find(
  view: DnsView,
  { name, addresses: wanted, withinMs }: DnsExpectation,
  say: DnsMessages,
): Finding {
  const answered = view.filter(isAnswer);
  const absent = view.filter(({ says }) => says.state === 'no-such-name' || says.state === 'no-address');
  const failing = view.filter((one) => !isAnswer(one) && !absent.includes(one));
  const first = answered[0];
  if (view.length === 0) return { verdict: 'unknown', sentence: say.noResolver };

  if (first && absent.length > 0) {
    const sentence = say.someKnow(name, listOf(answered), listOf(absent));
    return { verdict: 'fail', sentence, cause: 'resolvers-disagree' };
  }
  if (!first && absent.length > 0) {
    const missing = absent.some(({ says }) => says.state === 'no-such-name');
    return missing
      ? { verdict: 'fail', sentence: say.noSuchName(name, listOf(absent)), cause: 'name-does-not-resolve' }
      : { verdict: 'fail', sentence: say.noAddress(name, listOf(absent)), cause: 'name-without-address' };
  }
  if (!first) return nobodyAnswers(failing, name, say);

  const strangers = (one: ResolverSays) => addressesOf(one).filter((address) => !wanted.includes(address));
  const wrong = wanted.length === 0 ? [] : answered.filter((one) => strangers(one).length > 0);
  if (wrong.length > 0) {
    const found = strangers(wrong[0]!).join(', ');
    return wrong.length < answered.length
      ? {
          verdict: 'fail',
          sentence: say.someWrong(name, wrong[0]!.resolver, found),
          cause: 'resolvers-disagree',
        }
      : {
          verdict: 'fail',
          sentence: say.allWrong(name, found, wanted.join(', ')),
          cause: 'name-resolves-elsewhere',
        };
  }
  if (failing.length > 0) {
    const { resolver, says } = failing[0]!;
    return { verdict: 'warn', sentence: say.oneFails(name, resolver, say.states[says.state as 'timeout']) };
  }
  const apart = wanted.length === 0 && answered.find((one) => isDisjoint(one, first));
  if (apart) return { verdict: 'warn', sentence: say.different(name, first.resolver, apart.resolver) };
  const slow = answered.find(({ ms }) => ms > withinMs);
  if (slow) return { verdict: 'warn', sentence: say.slow(name, slow.resolver, slow.ms, withinMs) };
  return { verdict: 'pass', sentence: say.fine(name, addressesOf(first).join(', '), answered.length) };
}

/** No resolver knows anything of the name: what they have in common says why, when they have something in common. */
function nobodyAnswers(failing: DnsView, name: string, say: DnsMessages): Finding {
  const state = failing[0]!.says.state as 'timeout';
  const resolvers = listOf(failing);
  if (failing.some(({ says }) => says.state !== state))
    return { verdict: 'unknown', sentence: say.mixed(name, resolvers) };
  if (state === 'timeout')
    return { verdict: 'fail', sentence: say.silent(name, resolvers), cause: 'resolver-silent' };
  if (state === 'refused')
    return { verdict: 'fail', sentence: say.down(name, resolvers), cause: 'resolver-down' };
  if (state === 'server-failure')
    return { verdict: 'fail', sentence: say.serverFailure(name, resolvers), cause: 'dns-server-failure' };
  return { verdict: 'unknown', sentence: say.mixed(name, resolvers) };
}

const isAnswer = ({ says }: ResolverSays): boolean => says.state === 'answered';
const addressesOf = ({ says }: ResolverSays): string[] => (says.state === 'answered' ? says.addresses : []);
const listOf = (view: DnsView): string => view.map(({ resolver }) => resolver).join(', ');
const isDisjoint = (one: ResolverSays, other: ResolverSays): boolean =>
  !addressesOf(one).some((address) => addressesOf(other).includes(address));
