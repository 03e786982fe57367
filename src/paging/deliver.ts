import type { PageFailed, PageSent } from '../incident/events.ts';
import { Failure, reasonOf } from '../kit/failure.ts';
import { retryAt } from './back-off.ts';
import { ended } from './ended.ts';
import type { Measure } from './measure.ts';
import type { ReadyPagers } from './open-pagers.ts';
import type { Page, PageSpot, Recipient } from './page.ts';

/** One try at one page. `dueAt` is when it should have gone out; `tries` counts the failed tries before this one. */
export type Delivery = {
  spot: PageSpot;
  person: Recipient | undefined;
  page: (person: Recipient) => Page;
  tries: number;
  again: boolean;
  dueAt: number;
  signal: AbortSignal;
};

/** Tries one page and says what became of it. Never throws. */
export type Deliver = (delivery: Delivery) => Promise<PageSent | PageFailed>;

/** A pager that has not answered after this long counts as failed, and the person's fallback is due. */
const patienceMs = 5000;

/** Codes of failures after which the page may be out all the same. */
const unknownOutcomes = new Set(['timeout', 'connection-lost', 'http-5xx', 'unexpected', 'cancelled']);

/** Creates the one place from which pages go out: with an end after 5 s, counted and timed. */
export function createDeliver(options: {
  pagers: ReadyPagers;
  measure: Measure;
  now: () => number;
  timeoutMs?: number;
}): Deliver {
  const { pagers, measure, now, timeoutMs = patienceMs } = options;

  async function attempt({ spot, person, page, again, signal }: Delivery): Promise<Record<string, string>> {
    const pager = pagers.get(spot.pager);
    if (!pager) throw notReady(spot.pager);
    if (!person) throw unknownPerson(spot.person);
    const { ref } = await ended(
      (stop) => pager.send(page(person), again, stop),
      signal,
      timeoutMs,
      spot.pager,
    );
    return ref;
  }

  return async (delivery) => {
    const { spot, tries, dueAt } = delivery;
    try {
      const ref = await attempt(delivery);
      measure.count('muster_pages_total', { pager: spot.pager, outcome: 'sent' });
      measure.observe('muster_page_seconds', { pager: spot.pager }, Math.max(0, now() - dueAt) / 1000);
      return { type: 'PageSent', ...spot, ref };
    } catch (error) {
      const failure = asFailure(error);
      const outcome = unknownOutcomes.has(failure.code) ? 'unknown' : 'failed';
      measure.count('muster_pages_total', { pager: spot.pager, outcome });
      return {
        type: 'PageFailed',
        ...spot,
        code: failure.code,
        why: failure.message,
        retryAt: retryAt(failure, tries + 1, now()),
      };
    }
  };
}

/** What a pager threw, as a Failure; anything else is a defect of the pager, tried again all the same. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure({
    code: 'unexpected',
    what: 'The pager broke',
    value: reasonOf(error),
    remedy: 'It is tried again; see the log if it stays so.',
    cause: error,
  });
}

const notReady = (pager: string) =>
  new Failure({
    code: 'pager-not-ready',
    retry: 'never',
    what: 'The policy names a pager that is not set up',
    value: pager,
    remedy: 'Add its settings under `pagers:` in muster.yaml, or take it out of the policy.',
  });

const unknownPerson = (person: string) =>
  new Failure({
    code: 'person-unknown',
    retry: 'never',
    what: 'Nobody of this name can be paged',
    value: person,
    remedy: 'Add the person under `people:` in muster.yaml.',
  });
