import type { Command } from '../incident/commands.ts';
import type { PageFailed, PageSent } from '../incident/events.ts';
import type { Room, Tools } from '../incident/room.ts';
import type { Incident, Live } from '../incident/state.ts';
import type { Log } from '../kit/log.ts';
import { retryAt } from './back-off.ts';
import { asFailure, createDeliver } from './deliver.ts';
import type { DirectPage } from './direct.ts';
import { ended } from './ended.ts';
import { type Escalation, usable } from './ladder.ts';
import type { Measure } from './measure.ts';
import type { ReadyPagers } from './open-pagers.ts';
import { type PageSpot, pageOf, type Who } from './page.ts';
import { type PagingAction, planPaging, type SendAction } from './plan.ts';
import { type MirrorAction, memoryOf } from './plan-mirrors.ts';

/** What the paging room needs from outside. */
export type PagingRoomOptions = {
  escalation: Escalation;
  who: Who;
  pagers: ReadyPagers;
  measure: Measure;
  now: () => number;
  log: Log;
  /** The incident as it is at this moment; a page is not sent when it was acknowledged meanwhile. */
  fresh: (id: number) => Promise<Live | null>;
  /** Pages that went out directly, under this incident key, while the log could not be written. */
  sentFor: (key: string) => DirectPage[];
  /** Told once somebody answered: the direct pages of this incident key are history, and a next outage pages anew. */
  merged?: (key: string) => void;
  timeoutMs?: number;
};

/** A direct page at most this much older than its incident belongs to it. */
const directBeforeMs = 1_800_000;

const by = { kind: 'muster', rule: 'paging' } as const;

/** Creates the room that pages people until somebody answers. Its `perform` never throws. */
export function createPagingRoom(options: PagingRoomOptions): Room<PagingAction> {
  const { escalation, who, pagers, now, log, fresh, sentFor } = options;
  const deliver = createDeliver(options);
  const ladder: Escalation = (incident, at) => {
    const { rungs, repeatMs } = escalation(incident, at);
    return { rungs: usable(rungs, pagers), repeatMs };
  };

  async function send(action: SendAction, incident: Incident, tools: Tools): Promise<Command[]> {
    const { spot, tries, again, dueAt } = action;
    // Never lets a page wait for the memory: without the note a second try may be visible twice.
    const note = again
      ? Promise.resolve()
      : tools.remember({ [memoryOf.tried(spot.key)]: JSON.stringify(spot) }).catch(() => {});
    const [answered] = await Promise.all([isAnswered(incident.id), note]);
    if (answered) return [];
    const direct = directPage(incident, spot);
    if (direct) return [record(direct)];
    const person = who(spot.person);
    const page = await deliver({
      spot,
      tries,
      again,
      dueAt,
      person,
      page: (recipient) => pageOf(incident, spot, recipient),
      signal: tools.signal,
    });
    const named = { incident: incident.id, page: spot.key };
    if (page.type === 'PageSent') log.info(named, 'a page is out');
    else log.warn({ ...named, code: page.code, why: page.why }, 'a page failed');
    return [record(page)];
  }

  /** A page between the first alert and the incident is one of its pages; one of an earlier firing or outage is not. */
  const directPage = ({ state }: Incident, spot: PageSpot): PageSent | undefined => {
    const began = state.alerts.reduce(
      (first, { startsAt }) => Math.min(first, startsAt),
      Number.POSITIVE_INFINITY,
    );
    const found = sentFor(state.key).find(
      (page) =>
        page.round === spot.round &&
        page.person === spot.person &&
        page.pager === spot.pager &&
        page.at >= began &&
        page.at > state.openedAt - directBeforeMs,
    );
    return found && { type: 'PageSent', ...spot, key: found.key, ...(found.ref && { ref: found.ref }) };
  };

  /** Where the log can't be read the page goes out: better a page too many than none. */
  const isAnswered = async (id: number): Promise<boolean> => {
    const state = await fresh(id).catch(() => null);
    return state !== null && (state.acknowledged !== null || state.status.is === 'resolved');
  };

  const record = (page: PageSent | PageFailed): Command => ({ type: 'RecordPage', at: now(), by, page });

  async function mirror(action: MirrorAction, incident: Incident, tools: Tools): Promise<Command[]> {
    const { spot, ref, ending, tries } = action;
    options.merged?.(incident.state.key);
    const pager = pagers.get(spot.pager);
    const person = who(spot.person);
    const done = { [memoryOf.mirrored(spot.key)]: ending.kind, [memoryOf.retry(spot.key)]: null };
    if (!pager?.mirror || !person) {
      await tools.remember(done);
      return [];
    }
    try {
      const named = { ...ending, by: ending.by && (who(ending.by)?.name ?? ending.by) };
      const show = pager.mirror;
      await ended(
        (stop) => show(pageOf(incident, spot, person), ref, named, stop),
        tools.signal,
        options.timeoutMs ?? 5000,
        spot.pager,
      );
      await tools.remember(done);
    } catch (error) {
      const failure = asFailure(error);
      const next = retryAt(failure, tries + 1, now());
      log.warn({ incident: incident.id, page: spot.key, code: failure.code }, 'a pager could not be told');
      await tools.remember(next === null ? done : { [memoryOf.retry(spot.key)]: `${tries + 1} ${next}` });
    }
    return [];
  }

  return {
    name: 'paging',
    parallel: true,
    plan: (incident, at, memory) => planPaging(incident, at, memory, ladder),
    async perform(action, incident, tools) {
      switch (action.do) {
        case 'start-level':
          return [{ type: 'StartLevel', at: now(), by, level: action.level }];
        case 'report-nobody': {
          const { round, level, rule } = action;
          log.error({ incident: incident.id, round, level, rule }, 'nobody could be paged at this level');
          return [{ type: 'ReportNobodyOnCall', at: now(), by, round, level, rule }];
        }
        case 'send':
          return send(action, incident, tools);
        case 'mirror':
          return mirror(action, incident, tools);
      }
    },
  };
}
