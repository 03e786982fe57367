import { expect, test } from 'vitest';
import { linksOf } from '../../src/slack/links.ts';
import { incidentAfter, story } from './incidents.ts';

const { state } = incidentAfter(...story);
const runbook = { kind: 'runbook', url: 'https://runbooks.example.com/redis-sentinel' };
const postmortem = { kind: 'postmortem', url: 'https://github.example.com/o/r/pull/7' };

test('runbook, dashboard and postmortem', () => {
  const dashboard = { kind: 'dashboard', url: 'https://grafana.example.com/d' };
  expect(linksOf(state, dashboard.url)).toEqual([runbook, dashboard, postmortem]);
});

test.each([
  'javascript:alert(1)',
  'not an address',
  'file:///data/postmortems.git',
  'https://user:pass@example.com/',
])('%s is no link', (url) => {
  expect(linksOf(state, url)).toEqual([runbook, postmortem]);
});

test('the same address is linked once', () => {
  expect(linksOf(state, runbook.url)).toEqual([runbook, postmortem]);
});
