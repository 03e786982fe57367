import type { z } from 'zod';
import type { Outbound } from '../kit/outbound.ts';
import type { Page } from './page.ts';

/**
 * One call of Slack's Web API at the priority of a page; the answer of an `ok` call. Rejects with a Failure, whose `retry` is
 * `never` where Slack's error can't go away by itself (`user_not_found`).
 */
export type SlackCall = (
  method: string,
  args: Record<string, unknown>,
  signal: AbortSignal,
) => Promise<Record<string, unknown>>;

/** Where a page can be found again at its vendor. */
export type PageRef = Record<string, string>;

/** What a pager may use. `secret` resolves a `secretRef`; a missing secret is a Failure that names it. */
export type PagerTools = {
  outbound: Outbound;
  slack: SlackCall;
  /** Base address of PagerDuty's Events API. */
  pagerdutyUrl: string;
  /** PAGERDUTY_ROUTING_KEY. */
  routingKey: string | undefined;
  secret: (name: string) => string;
  /** A signed, expiring address under which the person of this page can acknowledge it. */
  acknowledgeUrl: (page: Page) => string;
  now: () => number;
};

/** One call of a pager: what it may use, and the signal that ends it. */
export type PagerCall = PagerTools & { signal: AbortSignal };

/** Who ended the paging, when (epoch milliseconds) and how; a pager that mirrors it says so where the page is shown. */
export type Ending = { kind: 'acknowledged' | 'resolved'; by: string | null; at: number };

/**
 * One catalogue entry: a file that describes itself. `send` resolves once the vendor has accepted the page and must be
 * harmless to repeat; `again` says that an earlier try may have reached the person. Failures whose code is `timeout`,
 * `connection-lost` or `http-5xx` leave the outcome unknown.
 */
export type Pager<Input = unknown> = {
  name: string;
  about: string;
  /** The party it depends on: two pagers of one vendor fail together. */
  vendor: string;
  /** The setting without which it is not set up, or null; a pager that needs none leaves this out. */
  missing?: (tools: PagerTools) => string | null;
  /** The shape of its part under `pagers:` in muster.yaml. */
  input: z.ZodType<Input>;
  /** A valid input in the form people write it in YAML. */
  example: unknown;
  send: (page: Page, input: Input, call: PagerCall, again: boolean) => Promise<{ ref: PageRef }>;
  /** Shows at the vendor that somebody answered, or that it is over. `ref` is undefined when no answer to `send` ever came. */
  mirror?: (
    page: Page,
    ref: PageRef | undefined,
    ending: Ending,
    input: Input,
    call: PagerCall,
  ) => Promise<void>;
};

/** Keeps an entry's input type inside the entry; the registry only sees JSON that its schema checked. */
export const definePager = <Input>(pager: Pager<Input>): Pager => pager as unknown as Pager;
