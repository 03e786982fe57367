import type { Draft } from '../../src/github/draft.ts';

/** A small draft, as the postmortem room makes them. */
export const draft: Draft = {
  branch: 'postmortem/inc-42',
  title: 'Postmortem INC-42',
  body: 'Draft of the postmortem.',
  commit: {
    message: 'Add the postmortem of INC-42',
    name: 'Muster',
    email: 'muster@localhost',
    at: Date.parse('2026-11-21T09:30:00Z'),
  },
  files: [{ path: 'postmortems/2026/inc-42.md', content: '# INC-42\n\nRedis 장애\n' }],
  labels: ['postmortem'],
  reviewers: ['minji-k'],
};
