import type { Actor } from '../../incident/words.ts';
import { button } from '../blocks.ts';
import { verdictSymbols } from '../card-steps.ts';
import { evidenceBlocks } from '../evidence.ts';
import type { Teller } from '../news.ts';
import type { Pen } from '../pen.ts';
import { quiet } from './quiet.ts';

/** News about the incident's life: notes, updates, recovery, end. */
export const lifeNews = {
  ChannelCreated: quiet,
  CardPosted: quiet,
  // A note that was taken from a message of the channel is already there.
  NoteAdded: ({ author, text, permalink }, { pen }) =>
    permalink === null
      ? { symbol: '📌', line: pen.messages.news.note(pen.outside(author, 80), pen.written(text, 1000)) }
      : null,
  EvidenceAdded: ({ exhibit, by }, { pen }) => {
    const { title, verdict, sentence, evidence } = exhibit;
    const who = by.kind === 'person' ? pen.who(by.person) : pen.messages.muster;
    const line = `*${pen.messages.news.evidence(who, pen.outside(title, 100), pen.messages.verdicts[verdict])}* ${pen.outside(sentence, 500)}`;
    return { symbol: verdictSymbols[verdict], line, details: evidenceBlocks(evidence, 'warn', pen) };
  },
  UpdatePosted: ({ text, by }, { pen }) => {
    const who = by.kind === 'person' ? pen.who(by.person) : null;
    return { symbol: '📣', line: pen.messages.news.update(who, pen.written(text, 1200)) };
  },
  RecoveryProposed: (_event, { incident, pen }) => ({
    symbol: '🌤️',
    line: pen.messages.news.recovery,
    ...(incident.state.status.is === 'recovering' && {
      button: button(
        pen.messages.button.confirmRecovery,
        'confirm-recovery',
        { incident: incident.id },
        { style: 'primary' as const },
      ),
    }),
  }),
  Resolved: ({ at, by, rule, reason }, { incident, pen }) => {
    const { news } = pen.messages;
    const after = pen.duration(at - incident.state.openedAt);
    const line = news.resolved(actor(by, rule, pen), after);
    return { symbol: '✅', line: reason ? news.reason(line, pen.outside(reason, 500)) : line };
  },
  Reopened: ({ by, rule, reason }, { pen }) => {
    const { news } = pen.messages;
    const line = news.reopened(actor(by, rule, pen));
    return { symbol: '🔁', line: reason ? news.reason(line, pen.outside(reason, 500)) : line };
  },
} satisfies {
  ChannelCreated: Teller<'ChannelCreated'>;
  CardPosted: Teller<'CardPosted'>;
  NoteAdded: Teller<'NoteAdded'>;
  EvidenceAdded: Teller<'EvidenceAdded'>;
  UpdatePosted: Teller<'UpdatePosted'>;
  RecoveryProposed: Teller<'RecoveryProposed'>;
  Resolved: Teller<'Resolved'>;
  Reopened: Teller<'Reopened'>;
};

const actor = (by: Actor, rule: string, pen: Pen): string =>
  by.kind === 'person' ? pen.who(by.person) : pen.messages.news.rule(pen.outside(rule, 120));
