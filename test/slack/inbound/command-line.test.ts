import { expect, test } from 'vitest';
import { nearest, readCommandLine } from '../../../src/slack/inbound/command-line.ts';

test.each([
  ['', '', null, ''],
  ['  Status  ', 'status', null, ''],
  ['ack inc-42', 'ack', 42, ''],
  ['inc-42 ack', 'ack', 42, ''],
  ['INC-7 note the pool is full', 'note', 7, 'the pool is full'],
  ['note inc-7 the pool\nis full', 'note', 7, 'the pool\nis full'],
  ['note see inc-7', 'note', null, 'see inc-7'],
  ['note #7 is not an incident', 'note', null, '#7 is not an incident'],
  ['note inc-7', 'note', 7, ''],
  ['심각도 P3 일부만', '심각도', null, 'P3 일부만'],
  ['status inc-99999999999999', 'status', null, 'inc-99999999999999'],
])('%j is read as verb %j, incident %j, words %j', (text, verb, incident, words) => {
  expect(readCommandLine(text)).toEqual({ verb, incident, words });
});

const names = [
  'declare',
  'status',
  'list',
  'ack',
  'severity',
  'role',
  'note',
  'resolve',
  'reopen',
  'help',
  '해결',
];

test.each([
  ['stauts', 'status', 'two letters swapped'],
  ['statu', 'status', 'one left out'],
  ['sev', 'severity', 'only its beginning'],
  ['hlep', 'help', 'swapped'],
  ['acl', 'ack', 'one wrong'],
  ['reslove', 'resolve', 'swapped'],
  ['해경', '해결', 'one syllable wrong'],
  ['xyzzy', null, 'nothing near'],
  ['q', null, 'too short to guess'],
])('%s means %s (%s)', (typed, meant, _why) => {
  expect(nearest(typed, names)).toBe(meant);
});
