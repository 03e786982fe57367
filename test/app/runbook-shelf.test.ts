import { expect, it } from 'vitest';
import { createRunbookShelf, type StepDeps } from '../../src/app/runbooks.ts';
import type { Command } from '../../src/incident/commands.ts';
import { loadRunbooks } from '../../src/runbook/file/load-runbooks.ts';
import { catalogue } from '../../src/runbook/registry.ts';
import { alert, person, play, receive, t0 } from '../incident/given.ts';

const { runbooks } = await loadRunbooks('runbooks', catalogue);

/** What is started for an incident whose service names a runbook, round by round, as the room does until nothing is left. */
function rounds(runbook: string, name: string): string[][] {
  const muster = { services: { orders: { params: {}, runbook } } } as unknown as StepDeps['muster'];
  const settings = { PROMETHEUS_URL: 'http://prometheus:9090' } as StepDeps['settings'];
  const { match } = createRunbookShelf({ muster, runbooks, settings });
  const generatorUrl = 'http://prometheus/graph?g0.expr=up';
  const commands: Command[] = [receive({ firing: [alert(name, { generatorUrl })] })];
  const started: string[][] = [];
  for (let round = 0; round < 4; round++) {
    const found = match(play(...commands));
    if (found.length === 0) return started;
    started.push(found.map((one) => one.runbook.name));
    for (const one of found) commands.push({ type: 'StartRunbook', at: t0, by: person('x'), ...one });
  }
  throw new Error(`never done: ${JSON.stringify(started)}`);
}

it('starts the best runbook, and what starts beside it, once', () => {
  expect(rounds('http-check', 'SomethingOdd')).toEqual([['http-check', 'alert-metric']]);
});

it('comes to an end where a service names one that starts beside others', () => {
  expect(rounds('alert-metric', 'SomethingOdd')).toEqual([['alert-metric']]);
  expect(rounds('alert-metric', 'HighErrorRate')).toEqual([['alert-metric', 'prometheus-slo']]);
});
