import type { KnownBlock } from '@slack/types';
import type { Evidence, Verdict } from '../incident/words.ts';
import { context, table } from './blocks.ts';
import type { Pen } from './pen.ts';

const quietRows = 4;

/**
 * Evidence below a step's sentence. What is well needs few words, so it is small print; what is not gets a table. Slack
 * shows one table a message.
 */
export function evidenceBlocks(evidence: Evidence, verdict: Verdict, pen: Pen): KnownBlock[] {
  if (evidence.rows.length === 0 || evidence.columns.length === 0) return [];
  return verdict === 'pass' ? smallEvidence(evidence, pen) : [table(evidence, pen.messages.rowsMore)];
}

/** Evidence in small print, one block a row: clients differ in whether small print keeps line breaks. Empty cells are left out. */
export function smallEvidence(evidence: Evidence, pen: Pen): KnownBlock[] {
  const rows = evidence.rows.slice(0, quietRows).map((row) =>
    row
      .slice(0, evidence.columns.length)
      .map((cell, column) => {
        const shown = pen.outside(cell, 80);
        return column === 0 || shown === ''
          ? shown
          : `${pen.outside(evidence.columns[column] ?? '', 40)}: ${shown}`;
      })
      .filter(Boolean)
      .join(' · '),
  );
  const left = evidence.rows.length - rows.length;
  return [...rows, ...(left > 0 ? [pen.messages.rowsMore(left)] : [])].map(context);
}
