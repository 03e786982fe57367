import type { Happened, IncidentEvent } from '../incident/events.ts';
import { replay } from '../incident/evolve.ts';
import type { Live } from '../incident/state.ts';
import type { Language } from '../incident/words.ts';
import { type PostmortemView, postmortemView } from './view.ts';

/**
 * The view of a made-up incident in which everything happened that a template may print, so that rendering it once finds every name that a
 * template got wrong: Liquid looks at the inside of a loop or a condition only when it runs.
 */
export function rehearsal(language: Language): PostmortemView & { path: string } {
  const alert = {
    fingerprint: 'a',
    name: 'Rehearsal',
    severity: 'P1' as const,
    labels: {},
    summary: 'rehearsal',
    startsAt: 0,
    dashboardUrl: 'https://example.com/',
  };
  const treatment = { page: true, channel: true };
  const step = {
    id: 'change',
    uses: 'rehearsal',
    title: 'Change',
    effect: 'change' as const,
    input: {},
    target: 'rehearsal',
    preview: 'rehearse',
    condition: null,
    needs: [],
    check: null,
    approvers: { roles: [], people: [], count: 1 as const },
    location: null,
    timeoutMs: 1000,
  };
  const rows = Array.from({ length: 100 }, () => ['1']);
  const report = {
    verdict: 'fail' as const,
    sentence: 'rehearsed',
    evidence: { columns: ['n'], rows },
    facts: {},
    startedAt: 3000,
    ms: 5,
  };
  const run = 'rehearsal@1';
  const runbook = {
    run,
    name: 'rehearsal',
    version: '1',
    title: 'Rehearsal',
    url: null,
    recheckMs: null,
    budgetMs: 0,
    steps: [step],
  };
  const page = { key: 'k', round: 1, level: 1, person: 'somebody', pager: 'slack' };
  const happened: Happened[] = [
    {
      type: 'IncidentOpened',
      key: 'rehearsal',
      title: 'Rehearsal',
      severity: 'P1',
      rule: 'rehearsal',
      source: 'alertmanager',
      service: 'rehearsal',
      grouping: 'rehearsal',
      alerts: [alert],
      truncated: 0,
      treatment,
      language,
    },
    { type: 'PageSent', ...page },
    { type: 'Acknowledged', person: 'somebody', wasPaged: true },
    { type: 'RunbookStarted', runbook, rule: 'rehearsal' },
    { type: 'StepApproved', run, step: step.id, hash: 'h', until: 1e9, glass: null },
    { type: 'StepFinished', run, step: step.id, attempt: 1, report },
    { type: 'NoteAdded', text: 'who broke it', writtenAt: 4000, author: 'somebody', permalink: null },
    { type: 'Resolved', rule: 'rehearsal', reason: 'rehearsed' },
  ];
  const by = { kind: 'person', person: 'somebody', via: 'cli' } as const;
  const events = happened.map((one, index): IncidentEvent => ({ ...one, at: 1000 * index, by }));
  const incident = { id: 1, version: events.length, events, state: replay(events) as Live };
  const context = { nameOf: (person: string) => person, timezone: 'UTC', channelUrl: null };
  const picture = { run, step: step.id, file: 'rehearsal.svg', svg: '', alt: 'rehearsal' };
  const view = postmortemView(incident, context, [picture]);
  return { ...view, path: 'rehearsal.md', alerts_more: 1, timeline_more: 1 };
}
