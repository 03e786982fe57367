/** Counts one more of something; names and labels are those of the alert rules. */
export type Count = (name: 'muster_pages_total', labels: { pager: string; outcome: PageOutcome }) => void;

/** Records how long something took, in seconds. */
export type Observe = (name: 'muster_page_seconds', labels: { pager: string }, seconds: number) => void;

/** How one try to page ended; `unknown` may have reached the person and is tried again all the same. */
export type PageOutcome = 'sent' | 'failed' | 'unknown';

/** Where the paging room reports its numbers. */
export type Measure = { count: Count; observe: Observe };
