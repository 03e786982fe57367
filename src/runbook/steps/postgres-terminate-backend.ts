import { z } from 'zod';
import { formatDuration } from '../../kit/duration.ts';
import { Duration } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askPostgres } from '../systems/postgres/ask-postgres.ts';
import { changeMessages } from '../systems/postgres/change-messages.ts';
import { changeUnanswered, notDone } from '../systems/postgres/change-outcome.ts';
import { findPrimary } from '../systems/postgres/find-primary.ts';
import { viewLoad } from '../systems/postgres/load-view.ts';
import { blockersIn } from '../systems/postgres/lock-queue.ts';
import { loginOf, PostgresNodes } from '../systems/postgres/postgres-nodes.ts';
import { type Backend, terminateBackend } from '../systems/postgres/terminate-backend.ts';

const input = z.strictObject({
  ...PostgresNodes,
  username: PostgresNodes.username.describe('The role to log in as; needs pg_monitor and pg_signal_backend'),
  backend: z
    .strictObject({ pid: z.number().int().positive(), started: z.string().min(1).max(40) })
    .nullish()
    .describe('The session: its process id and backend_start; default the only one that others wait for'),
  min_transaction: Duration.prefault('10s').describe(
    'Left alone unless its transaction is at least this old',
  ),
});

const timeoutMs = 20_000;

/** Ends one session on the primary: the named one, or the only one that others wait for. */
export const postgresTerminateBackend = defineStep({
  name: 'postgres-terminate-backend',
  about:
    'Ends one client session on the primary with pg_terminate_backend, after making sure that it still is the same one and in an old transaction; never replication or maintenance.',
  effect: 'change',
  input,
  example: {
    nodes: ['10.0.0.1:5432', '10.0.0.2:5432'],
    username: 'muster_act',
    password: { secretRef: 'ORDERS_POSTGRES_ACT_PASSWORD' },
    backend: { pid: 4711, started: '2026-11-21 11:57:34.295123+00' },
  },
  targets: ['nodes'],
  timeoutMs,
  target: ({ nodes }) => `postgres ${nodes.toSorted().join(' ')}`,
  preview: ({ nodes, backend, min_transaction }, language) => {
    const say = changeMessages(language);
    const [where, min] = [nodes.join(', '), formatDuration(min_transaction)];
    return backend
      ? say.previewBackend(where, backend.pid, backend.started, min)
      : say.previewBlocker(where, min);
  },
  run: async (input, { signal, secret, language }): Promise<StepResult> => {
    const say = changeMessages(language);
    const login = loginOf(input, secret);
    const primary = findPrimary(await viewLoad(input.nodes, login, input.patience, signal));
    if ('refusal' in primary)
      return notDone(
        primary.refusal === 'none' ? say.noPrimary(primary.nodes) : say.primaries(primary.nodes),
      );
    const { address } = primary;
    const blockers = input.backend ? [] : blockersIn(primary.value.sessions);
    if (!input.backend && blockers.length === 0) return notDone(say.noBlocker(address));
    if (blockers.length > 1)
      return notDone(say.blockers(address, blockers.map(({ session }) => session?.pid ?? 0).join(', ')));
    const found = blockers[0]?.session;
    if (blockers.length === 1 && !found) return notDone(say.noClient(address));
    const backend: Backend = input.backend ?? { pid: found!.pid, started: found!.backendStart };

    const { pid } = backend;
    let sent = false;
    const answer = await askPostgres(address, login, timeoutMs / 2, signal, (ask) =>
      terminateBackend(ask, backend, input.min_transaction, signal, () => {
        sent = true;
      }),
    );
    if (answer.state !== 'answered') return changeUnanswered(answer, sent, 'pg_signal_backend', say);
    const { seen, sent: signalled, gone } = answer.value;
    if (seen === null) return notDone(say.gone(address, pid));
    if (!seen.same) return notDone(say.other(address, pid));
    if (seen.own || seen.kind !== 'client backend') return notDone(say.noTarget(address, pid, seen.kind));
    if (!signalled) return notDone(say.movedOn(address, pid, formatDuration(input.min_transaction)));
    const who = [seen.user, seen.application].filter(Boolean).join(', ');
    const { rows } = say;
    return {
      verdict: gone ? 'pass' : 'unknown',
      sentence: gone ? say.terminated(address, pid, who) : say.lingers(address, pid),
      evidence: {
        columns: say.columns,
        rows: [
          [rows.node, address],
          [rows.session, `${pid}: ${who}, ${seen.state}`],
          [rows.transaction, formatDuration(seen.transactionMs ?? 0)],
        ],
      },
      facts: { pid, gone },
    };
  },
});
