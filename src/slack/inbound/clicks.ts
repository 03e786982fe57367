import type { Incident } from '../../incident/state.ts';
import type { Role } from '../../incident/words.ts';
import { slackCode } from '../../kit/text.ts';
import type { Action, ActionName } from '../actions.ts';
import type { Answer } from './answer.ts';
import { approveStep } from './approve-step.ts';
import { glassForm } from './break-glass.ts';
import { change } from './change.ts';
import { ack } from './commands/ack.ts';
import { reopen } from './commands/reopen.ts';
import { resolve, saidOfResolving } from './commands/resolve.ts';
import { requestStep } from './request-step.ts';
import type { Ask, Form } from './verb.ts';

type Clicked<N extends ActionName> = Extract<Action, { action: N }>;
type Opens = { name: string; form: Form; known: Record<string, unknown> };

/** What a button does: something at once (null: nothing to say), or it opens a form. */
type Click<N extends ActionName> =
  | { does: (clicked: Clicked<N>, ask: Ask, incident: Incident) => Promise<Answer> }
  | { opens: (clicked: Clicked<N>) => Opens }
  | { ignored: true };

/** Every button of the card, of posts and of pages, and what a click on it asks for. A new button does not compile without. */
export const clicks: { [N in ActionName]: Click<N> } = {
  acknowledge: { does: (_clicked, ask, incident) => ack.run({}, ask, incident) },
  'accept-role': { does: ({ role }, ask, incident) => acceptRole(ask, incident, role) },
  'decline-handoff': { does: ({ role }, ask, incident) => declineHandoff(ask, incident, role) },
  'approve-step': {
    does: ({ run, step, hash }, ask, incident) => approveStep(ask, incident, { run, step, hash }, null),
  },
  'break-glass': {
    opens: ({ run, step, hash }) => ({
      name: glassForm.name,
      form: glassForm.form,
      known: { run, step, hash },
    }),
  },
  'decline-step': {
    does: ({ run, step }, ask, incident) =>
      change(
        ask,
        incident,
        'runbook',
        { type: 'DeclineStep', run, step, reason: null },
        {
          done: () => ask.texts.done.declined(slackCode(step)),
          same: () => ask.texts.done.declinedAlready(slackCode(step)),
        },
      ),
  },
  'rerun-step': { does: ({ run, step }, ask, incident) => requestStep(ask, incident, { run, step }) },
  'step-happened': { does: (clicked, ask, incident) => settle(ask, incident, clicked, true) },
  'step-did-not-happen': { does: (clicked, ask, incident) => settle(ask, incident, clicked, false) },
  'manual-done': { does: (clicked, ask, incident) => answerManual(ask, incident, clicked, true) },
  'manual-not-done': { does: (clicked, ask, incident) => answerManual(ask, incident, clicked, false) },
  'confirm-recovery': {
    does: (_clicked, ask, incident) =>
      change(
        ask,
        incident,
        'resolve',
        { type: 'Resolve', rule: 'recovery-confirmed', reason: null },
        saidOfResolving(ask),
      ),
  },
  resolve: { opens: () => ({ name: resolve.name, form: resolve.form!, known: {} }) },
  reopen: { does: (_clicked, ask, incident) => reopen.run({ reason: null }, ask, incident) },
  'open-runbook': { ignored: true },
  'open-dashboard': { ignored: true },
  'open-postmortem': { ignored: true },
};

type StepName = { run: string; step: string };

function acceptRole(ask: Ask, incident: Incident, role: Role): Promise<Answer> {
  const said = () => ask.texts.done.roleTaken(ask.texts.role[role]);
  return change(ask, incident, null, { type: 'AcceptRole', role }, { done: said, same: said });
}

function declineHandoff(ask: Ask, incident: Incident, role: Role): Promise<Answer> {
  const said = () => ask.texts.done.handoffDeclined(ask.texts.role[role]);
  return change(ask, incident, null, { type: 'DeclineHandoff', role }, { done: said, same: said });
}

function settle(ask: Ask, incident: Incident, { run, step }: StepName, happened: boolean): Promise<Answer> {
  const said = () => ask.texts.done.settled(slackCode(step));
  const command = { type: 'SettleStep' as const, run, step, happened, note: null };
  return change(ask, incident, 'runbook', command, { done: said, same: said });
}

function answerManual(ask: Ask, incident: Incident, { run, step }: StepName, done: boolean): Promise<Answer> {
  const command = { type: 'AnswerManual' as const, run, step, answer: { done, note: null } };
  return change(ask, incident, 'runbook', command, {
    done: () => ask.texts.done.manual(slackCode(step), done),
    same: () => ask.texts.done.manualAlready(slackCode(step)),
  });
}
