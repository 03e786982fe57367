import type { Verdict } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import type { TlsMessages } from './tls-messages.ts';
import type { Certificate, TlsSays } from './tls-view.ts';

/** Until when a certificate must still be valid, and what the place and the wanted name are called. `now` is epoch milliseconds. */
export type TlsExpectation = { place: string; name: string; warnDays: number; failDays: number; now: number };

type Finding = { verdict: Verdict; sentence: string; cause?: string; short: string };
type Presented = Extract<TlsSays, { state: 'presented' }>;

const worst: readonly Verdict[] = ['fail', 'unknown', 'warn', 'pass'];
const dayMs = 86_400_000;

/** Clocks differ: a certificate that begins this soon is a new one, and here it is a little too early. */
const skewMs = 10 * 60_000;

/** OpenSSL's reasons whose meaning is certain, beside the dates, which are judged by the certificates themselves. */
const distrusts: Record<string, 'selfSigned' | 'unknownCa' | 'incomplete'> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknownCa',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'incomplete',
  UNABLE_TO_GET_ISSUER_CERT: 'incomplete',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'incomplete',
};
const causes = {
  selfSigned: 'certificate-self-signed',
  unknownCa: 'certificate-ca-unknown',
  incomplete: 'certificate-chain-incomplete',
};

type Judged = { says: TlsSays; finding: Finding };

/** Turns the handshakes into verdict, sentence, evidence and facts; the worst address counts. Pure. */
export function judgeTls(view: readonly TlsSays[], expected: TlsExpectation, say: TlsMessages): StepResult {
  const answers = view.some(({ state }) => state === 'presented');
  const found = view.map((says): Judged => {
    const place = view.length > 1 ? say.at(expected.place, says.address) : expected.place;
    if (says.state === 'presented') return { says, finding: judge(says, place, expected, say) };
    const { cause, ...finding } = silent(says, place, say);
    if (!answers) return { says, finding: { ...finding, ...(cause !== undefined && { cause }) } };
    // Where another address answers, this is about the connection, not about the certificate; and an address without a route
    // from here is nobody's fault: many hosts have no IPv6.
    return { says, finding: { ...finding, verdict: cause === 'host-unreachable' ? 'pass' : 'warn' } };
  });
  const presentedFirst = found.toSorted(
    (a, b) => Number(a.says.state === 'none') - Number(b.says.state === 'none'),
  );
  const ranked = worst.flatMap((one) => presentedFirst.filter(({ finding }) => finding.verdict === one));
  const { verdict, sentence, cause } = ranked[0]!.finding;
  const days = view.flatMap((says) => (says.state === 'presented' ? [daysLeft(says, expected.now)] : []));
  return {
    verdict,
    sentence,
    ...(cause !== undefined && { cause }),
    evidence: { columns: say.columns, rows: found.map((one) => rowOf(one, expected.now)) },
    facts: { tls: true, days_left: days.length === 0 ? null : Math.min(...days), addresses: view.length },
  };
}

function rowOf({ says, finding }: Judged, now: number): string[] {
  if (says.state === 'none') return [says.address, '', '', '', '', says.reason];
  const issuers = says.chain.map(({ issuer }) => issuer).join(' ← ');
  return [says.address, says.names, issuers, String(daysLeft(says, now)), says.protocol, finding.short];
}

function judge(says: Presented, place: string, expected: TlsExpectation, say: TlsMessages): Finding {
  const { now, name, warnDays, failDays } = expected;
  const leaf = says.chain[0];
  if (!leaf) return { verdict: 'unknown', sentence: say.nothing(place), short: say.short.other };
  const expired = says.chain.find(({ to }) => to <= now);
  if (expired && !isUnused(expired, says)) {
    const sentence = say.expired(place, expired.subject, whole((now - expired.to) / dayMs), day(expired.to));
    return { verdict: 'fail', sentence, cause: 'certificate-expired', short: say.short.expired };
  }
  const early = says.chain.find(({ from }) => from > now);
  if (early && early.from - now <= skewMs) {
    const sentence = say.justBegins(place, early.subject, Math.ceil((early.from - now) / 1000));
    return { verdict: 'warn', sentence, short: say.short.notYet };
  }
  if (early) {
    const sentence = say.notYet(place, early.subject, day(early.from));
    return { verdict: 'fail', sentence, cause: 'certificate-not-yet-valid', short: say.short.notYet };
  }
  const kind = distrusts[says.distrust ?? ''];
  if (kind) {
    const sentence = say[kind](place, says.chain.at(-1)!.issuer);
    return { verdict: 'fail', sentence, cause: causes[kind], short: say.short[kind] };
  }
  if (says.distrust !== null)
    return { verdict: 'fail', sentence: say.distrusted(place, says.distrust), short: say.short.other };
  if (!says.nameFits) {
    const sentence = say.wrongName(place, name, says.names);
    return { verdict: 'fail', sentence, cause: 'certificate-wrong-name', short: say.short.wrongName };
  }
  const left = daysLeft(says, now);
  const soonest = counted(says, now).toSorted((a, b) => a.to - b.to)[0]!;
  const soon = say.soon(place, soonest.subject, left, day(soonest.to));
  if (left < failDays)
    return { verdict: 'fail', sentence: soon, cause: 'certificate-expires-soon', short: say.short.soon };
  if (left < warnDays) return { verdict: 'warn', sentence: soon, short: say.short.soon };
  if (expired) {
    const sentence = say.unused(place, expired.subject, day(expired.to));
    return { verdict: 'warn', sentence, short: say.short.expired };
  }
  if (/^TLSv1(\.1)?$/.test(says.protocol))
    return { verdict: 'warn', sentence: say.oldProtocol(place, says.protocol), short: says.protocol };
  return { verdict: 'pass', sentence: say.fine(place, left, says.protocol), short: say.short.fine };
}

function silent(says: Exclude<TlsSays, Presented>, place: string, say: TlsMessages): Finding {
  const { cause, reason } = says;
  const sentence = say.noHandshake(place, say.why[cause ?? ''] ?? reason);
  if (cause === null) return { verdict: 'unknown', sentence, short: reason };
  return { verdict: 'fail', sentence, cause, short: reason };
}

/** Servers send more than is needed: what has expired beside a leaf that is trusted lies on no path that anybody follows. */
const isUnused = (one: Certificate, { chain, distrust }: Presented): boolean =>
  distrust === null && one !== chain[0];

/** The certificates whose end counts: a root ends with the trust store, not with the server. */
const counted = (says: Presented, now: number): Certificate[] =>
  says.chain.filter(
    (one, index) => index === 0 || (one.subject !== one.issuer && !(one.to <= now && isUnused(one, says))),
  );

/** Whole days until the first certificate of the chain ends. */
const daysLeft = (says: Presented, now: number): number =>
  whole((Math.min(...counted(says, now).map(({ to }) => to)) - now) / dayMs);

const whole = (days: number) => Math.floor(days);
const day = (at: number) => new Date(at).toISOString().slice(0, 10);
