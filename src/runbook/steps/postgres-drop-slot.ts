import { z } from 'zod';
import { formatBytes } from '../format-bytes.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askPostgres } from '../systems/postgres/ask-postgres.ts';
import { changeMessages } from '../systems/postgres/change-messages.ts';
import { changeUnanswered, notDone } from '../systems/postgres/change-outcome.ts';
import { dropSlot, refuseSlot } from '../systems/postgres/drop-slot.ts';
import { findPrimary } from '../systems/postgres/find-primary.ts';
import { loginOf, PostgresNodes } from '../systems/postgres/postgres-nodes.ts';
import { summarise } from '../systems/postgres/replication-summary.ts';
import { viewReplication } from '../systems/postgres/replication-view.ts';
import { maxRetainedBytes } from './postgres-replication.ts';

const input = z.strictObject({
  ...PostgresNodes,
  username: PostgresNodes.username.describe('The role to log in as; needs pg_monitor and REPLICATION'),
  slot: z
    .string()
    .regex(/^[a-z0-9_]{1,63}$/, 'must be the name of a replication slot')
    .describe('The slot to drop'),
  expected_slots: z
    .array(z.string().min(1).max(63))
    .max(50)
    .default([])
    .describe('Slots of standbys that should be there; they are never dropped'),
  max_retained_bytes: maxRetainedBytes.describe('A slot that keeps less WAL and is not lost is left alone'),
});

/** Drops one replication slot that nobody reads, so that the primary's disk does not fill up. */
export const postgresDropSlot = defineStep({
  name: 'postgres-drop-slot',
  about:
    'Drops one named replication slot on the primary that nobody reads and that is lost or keeps too much WAL; refuses an active slot and one that a standby uses or may use.',
  effect: 'change',
  input,
  example: {
    nodes: ['10.0.0.1:5432', '10.0.0.2:5432'],
    username: 'muster_act',
    password: { secretRef: 'ORDERS_POSTGRES_ACT_PASSWORD' },
    slot: 'old_standby',
  },
  targets: ['nodes'],
  timeoutMs: 20_000,
  target: ({ nodes }) => `postgres ${nodes.toSorted().join(' ')}`,
  preview: ({ nodes, slot, max_retained_bytes }, language) =>
    changeMessages(language).previewSlot(nodes.join(', '), slot, formatBytes(max_retained_bytes)),
  run: async (input, { signal, secret, language }): Promise<StepResult> => {
    const say = changeMessages(language);
    const { nodes, slot, patience } = input;
    const login = loginOf(input, secret);
    const view = await viewReplication(nodes, login, patience, signal);
    const primary = findPrimary(view);
    if ('refusal' in primary)
      return notDone(
        primary.refusal === 'none' ? say.noPrimary(primary.nodes) : say.primaries(primary.nodes),
      );
    const { address } = primary;
    const summary = summarise(view, { retainedBytes: input.max_retained_bytes });
    const refusal = refuseSlot(slot, summary, input.expected_slots);
    if (refusal !== null) return notDone(say.slot[refusal](slot, address));

    const { retainedBytes, status } = summary.slots.find(({ name }) => name === slot)!;
    let sent = false;
    const answer = await askPostgres(address, login, 10_000, signal, (ask) => {
      sent = true;
      return dropSlot(ask, slot, input.max_retained_bytes);
    });
    if (answer.state !== 'answered') return changeUnanswered(answer, sent, 'REPLICATION', say);
    if (!answer.value) return notDone(say.slotChanged(slot, address));
    const held = retainedBytes === null ? '–' : formatBytes(retainedBytes);
    return {
      verdict: 'pass',
      sentence: say.dropped(slot, address, held),
      evidence: {
        columns: say.columns,
        rows: [
          [say.rows.node, address],
          [say.rows.slot, `${slot} (${status})`],
          [say.rows.held, held],
        ],
      },
      facts: { slot, freed_bytes: retainedBytes },
    };
  },
});
