import type { Incident } from '../../incident/state.ts';
import { slackCode } from '../../kit/text.ts';
import { button, buttons } from '../blocks.ts';
import type { Answer } from './answer.ts';
import { change, mayNot } from './change.ts';
import type { Ask } from './verb.ts';

/**
 * Approves exactly the step that was shown (its hash). Who may is pinned in the step and judged by the core; breaking the
 * glass (a reason) is allowed by `permissions.break_glass`, and is offered to those whose approval does not count.
 */
export const approveStep = (
  ask: Ask,
  incident: Incident,
  step: { run: string; step: string; hash: string },
  glass: string | null,
): Promise<Answer> =>
  change(
    ask,
    incident,
    glass === null ? null : 'break_glass',
    { type: 'ApproveStep', ...step, glass },
    {
      done: () => ask.texts.done.approved(slackCode(step.step)),
      same: () => ask.texts.done.approvedAlready(slackCode(step.step)),
      instead: (refused) => {
        const needed = refused === 'not-permitted' || refused === 'asker-cannot-approve';
        if (!needed || mayNot(ask, incident, 'break_glass') !== null) return [];
        const value = { incident: incident.id, ...step };
        return [buttons(button(ask.texts.modal.glassTitle, 'break-glass', value, { style: 'danger' }))];
      },
    },
  );
