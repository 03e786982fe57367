import type { Muster } from '../../config/muster-yaml.ts';
import type { Treatments } from '../../incident/commands.ts';
import type { Handle } from '../../incident/room.ts';
import type { Incident, Live } from '../../incident/state.ts';
import type { PinnedRunbook } from '../../incident/steps.ts';
import type { Actor, Exhibit, Language, Severity } from '../../incident/words.ts';
import type { Log } from '../../kit/log.ts';
import type { Outbound } from '../../kit/outbound.ts';
import type { SlackCall } from '../client.ts';

/** What a person declares; who supplies `declare` makes the key, the number and the proposed roles of it. */
export type Declaration = {
  title: string;
  severity: Severity;
  rule: string;
  /** A key of `services` in muster.yaml. */
  service: string | null;
  language: Language;
  at: number;
  by: Actor;
};

/** A problem that is only listed: its severity opens no incident. `since` is epoch milliseconds. */
export type ListedProblem = { title: string; severity: Severity; service: string | null; since: number };

/** Everything the Slack doors need of the other rooms. */
export type InboundDeps = {
  now: () => number;
  log: Log;
  /** The app as installed: requests for another workspace are refused. */
  app: { botToken: string; botId: string; botUserId: string; teamId: string };
  call: SlackCall;
  /** Reaches the response URLs that Slack hands out with every request. */
  outbound: Outbound;
  /** Masks secrets in what is answered there; what leaves by `call` is masked by it. */
  redact: (text: string) => string;
  /** True when this id was seen before; remembers it for longer than a request stays fresh (ten minutes or more). */
  seen: (id: string) => Promise<boolean>;
  handle: Handle;
  load: (id: number) => Promise<Incident | null>;
  /** The incident whose channel this is, whether open or resolved. */
  findByChannel: (channel: string) => Promise<number | null>;
  /** The open incident of a grouping key: a page sent while the store was away knows only the key. */
  findByKey: (key: string) => Promise<number | null>;
  openIncidents: () => Promise<Incident[]>;
  listedProblems: () => Promise<ListedProblem[]>;
  /** When the last incident was resolved, or null when there was none yet. */
  quietSince: () => Promise<number | null>;
  declare: (declaration: Declaration) => Promise<Incident>;
  runbooks: {
    list: (language: Language) => { name: string; title: string }[];
    /** The runbook as it would start for this incident now, or null when there is none of that name. */
    pin: (name: string, incident: Incident) => Promise<PinnedRunbook | null>;
  };
  /** True for an address of Slack's own file store: only there goes our token. */
  isSlackFile: (url: string) => boolean;
  /** Reads what somebody hands in as evidence, or says why it is none. */
  takeEvidence: (text: string, state: Live) => Exhibit | { problem: string };
  treatments: Treatments;
  /** The parts of muster.yaml that the doors read. */
  muster: Pick<Muster, 'people' | 'services' | 'permissions' | 'language' | 'postmortem'>;
};
