import type { Incident } from '../../src/incident/state.ts';
import type { Language } from '../../src/incident/words.ts';
import { context, incidentOf, opening } from './incident-example.ts';

/** An incident in which every text that comes from alerts, people and probes is the given one. */
export function hostileIncident(text: string, language: Language = 'en'): Incident {
  const run = text;
  const step = {
    id: 's',
    uses: 'x',
    title: text,
    effect: 'change' as const,
    input: {},
    target: text,
    preview: text,
    condition: null,
    needs: [],
    check: null,
    approvers: { roles: [], people: [], count: 1 as const },
    location: null,
    timeoutMs: 1,
  };
  const report = {
    verdict: 'fail' as const,
    sentence: text,
    evidence: {
      columns: [text, text],
      rows: [
        [text, text],
        [text, text],
      ],
    },
    facts: {},
    startedAt: 0,
    ms: 1,
  };
  const person = { kind: 'person', person: 'mallory', via: 'slack' } as const;
  const opened = {
    ...opening({ title: text, summary: text, language }),
    rule: text,
    service: text,
    key: text,
  };
  return incidentOf([
    [0, opened as ReturnType<typeof opening>, { kind: 'alertmanager', receiver: text }],
    [1, { type: 'RoleProposed', role: 'ic', person: 'mallory', rule: text }],
    [1, { type: 'PageSent', key: 'k', round: 1, level: 1, person: 'mallory', pager: text }],
    [
      1,
      {
        type: 'PageFailed',
        key: 'k',
        round: 1,
        level: 1,
        person: 'mallory',
        pager: text,
        code: 'x',
        why: text,
        retryAt: null,
      },
    ],
    [2, { type: 'ChannelCreated', channel: 'C1', name: text }],
    [
      2,
      {
        type: 'RunbookStarted',
        rule: text,
        runbook: {
          run,
          name: text,
          version: 'v',
          title: text,
          recheckMs: null,
          budgetMs: 1,
          url: 'https://runbooks.example.com/x',
          steps: [step],
        },
      },
    ],
    [3, { type: 'Acknowledged', person: 'mallory', wasPaged: true }, person],
    [
      3,
      {
        type: 'StepProposed',
        run,
        step: 's',
        hash: 'h',
        preview: text,
        scene: { severity: 'P1', status: 'open', findings: {} },
        changed: [],
      },
    ],
    [4, { type: 'StepApproved', run, step: 's', hash: 'h', until: 9e12, glass: text }, person],
    [5, { type: 'StepFinished', run, step: 's', attempt: 1, report }],
    [6, { type: 'NoteAdded', text, writtenAt: 0, author: text, permalink: text }, person],
    [7, { type: 'UpdatePosted', text, audience: 'users' }, person],
    [
      8,
      {
        type: 'SeverityChanged',
        from: 'P1',
        to: 'P2',
        rule: text,
        reason: text,
        treatment: { page: true, channel: true },
      },
      person,
    ],
    [9, { type: 'Resolved', rule: text, reason: text }, person],
    [10, { type: 'PostmortemRequested', rule: text }],
  ]);
}

/** A context in which people chose hostile names as well. */
export const hostileContext = (text: string) => ({ ...context, nameOf: () => text });
