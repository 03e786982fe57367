import type { PageFailed, PageSent } from '../incident/events.ts';
import type { Severity } from '../incident/words.ts';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { createDeliver } from './deliver.ts';
import { type Rung, usable } from './ladder.ts';
import type { Measure } from './measure.ts';
import type { ReadyPagers } from './open-pagers.ts';
import { type Page, type PageSpot, pageKey, type Who } from './page.ts';

/**
 * A group of alerts that can't become an incident now. `key` is the incident key it would have, `since` is when its first
 * alert started, by the clock of who sent it.
 */
export type DirectGroup = {
  key: string;
  severity: Severity;
  title: string;
  service: string | null;
  since: number;
};

/** What the direct way to page needs from outside. */
export type DirectPagingOptions = {
  /** The rungs of the policy for a group at a time; the lowest one with people on it is paged. */
  rungs: (group: DirectGroup, at: number) => Rung[];
  who: Who;
  pagers: ReadyPagers;
  measure: Measure;
  now: () => number;
  log: Log;
  /** Whether the log still can't be written; failed pages are tried again only so long. */
  stillDown: () => boolean;
  /** Resolves after so many milliseconds. */
  delay: (ms: number) => Promise<void>;
  timeoutMs?: number;
};

/** A page that went out directly, and when (epoch milliseconds). */
export type DirectPage = PageSent & { at: number };

/**
 * The pages of a group: those that went out and those on the way. `askedAt` is when it was last sent to us; what started
 * after `until` is news.
 */
type Paged = { round: Promise<void>; sent: DirectPage[]; askedAt: number; until: number };

/**
 * Alertmanager sends a group that was refused again at every `group_interval` (5 min by default). One that was not seen for
 * so long belongs to another outage, and is paged anew.
 */
const sameOutageMs = 1_800_000;

/** Twice this, for `via` and then `fallback`, stays below the 10 s in which Alertmanager wants its answer. */
const patienceMs = 4000;

/** Groups remembered at once; beyond that the oldest is forgotten, and might be paged again. */
const mostGroups = 10_000;

/**
 * Pages straight from the receiver while the log can't be written: a group once in this process, however often Alertmanager
 * sends it. What went out is kept for `sentFor`, so that nobody is paged again once the incident can be opened.
 */
export function createDirectPaging(options: DirectPagingOptions) {
  const { rungs, who, pagers, now, log, stillDown, delay } = options;
  const deliver = createDeliver({ timeoutMs: patienceMs, ...options });
  const groups = new Map<string, Paged>();

  /** One person through one pager, tried until it is out, lost, or the log is back. True once out at the first try. */
  async function reach(group: DirectGroup, spot: PageSpot, paged: Paged): Promise<boolean> {
    const dueAt = now();
    const tryOnce = async (tries: number): Promise<PageFailed | null> => {
      const page = await deliver({
        spot,
        tries,
        again: tries > 0,
        dueAt,
        person: who(spot.person),
        page: (person): Page => ({
          ...spot,
          person,
          name: null,
          subject: { group: group.key },
          severity: group.severity,
          title: group.title,
          service: group.service,
          since: Math.min(dueAt, group.since),
        }),
        signal: new AbortController().signal,
      });
      if (page.type === 'PageFailed') {
        log.warn(
          { group: group.key, page: spot.key, code: page.code, why: page.why },
          'a direct page failed',
        );
        return page;
      }
      paged.sent.push({ ...page, at: now() });
      return null;
    };
    const keepTrying = async (failed: PageFailed): Promise<void> => {
      let last: PageFailed | null = failed;
      for (let tries = 1; last !== null && last.retryAt !== null; tries++) {
        await delay(Math.max(0, last.retryAt - now()));
        if (groups.get(group.key) !== paged) return;
        if (!stillDown()) {
          // A log that answers may still take nothing: the next delivery that it refuses has to page.
          if (paged.sent.length === 0) groups.delete(group.key);
          return;
        }
        last = await tryOnce(tries);
      }
    };
    const failed = await tryOnce(0);
    if (failed)
      keepTrying(failed).catch((error) =>
        log.error({ page: spot.key, reason: reasonOf(error) }, 'a direct page is not tried again'),
      );
    return failed === null;
  }

  async function pageAll(group: DirectGroup, paged: Paged): Promise<void> {
    const rung = usable(rungs(group, now()), pagers).find((one) => one.people.length > 0);
    if (!rung) {
      log.error({ group: group.key }, 'nobody on call for a group that had to be paged directly');
      return;
    }
    const spotOf = (person: string, pager: string): PageSpot => {
      const spot = { round: 1, level: rung.level, person, pager };
      return { ...spot, key: pageKey({ group: group.key }, spot) };
    };
    const reachAll = (person: string, pagers: string[]) =>
      Promise.all(pagers.map((pager) => reach(group, spotOf(person, pager), paged)));
    await Promise.all(
      rung.people.map(async (person) => {
        const out = await reachAll(person, rung.via);
        const others = rung.fallback.filter((pager) => !rung.via.includes(pager));
        if (out.includes(false)) await reachAll(person, others);
      }),
    );
  }

  return {
    /**
     * Pages the group's people and resolves when every pager had its first try, within 10 s: 4 s for `via`, 4 s for
     * `fallback`. What failed is tried again in the background. Never rejects; the same group again pages nobody until it
     * fires anew.
     */
    async page(group: DirectGroup): Promise<void> {
      const known = groups.get(group.key);
      if (known && now() - known.askedAt < sameOutageMs && group.since <= known.until) {
        known.askedAt = now();
        return known.round;
      }
      const until = Math.max(now(), group.since);
      const paged: Paged = { sent: [], round: Promise.resolve(), askedAt: now(), until };
      groups.delete(group.key);
      groups.set(group.key, paged);
      const [oldest] = groups.keys();
      if (groups.size > mostGroups && oldest !== undefined) groups.delete(oldest);
      paged.round = pageAll(group, paged).catch((error) => {
        groups.delete(group.key);
        log.error({ group: group.key, reason: reasonOf(error) }, 'a group could not be paged directly');
      });
      return paged.round;
    },
    /** The pages that went out for a group, to be recorded in the incident that it became; they belong to round 1. */
    sentFor: (key: string): DirectPage[] => [...(groups.get(key)?.sent ?? [])],
    /** Forgets a group once its pages are recorded. */
    merged: (key: string): void => void groups.delete(key),
  };
}
