import { z } from 'zod';

/** What people may be allowed to do, by the verbs of the commands; `approve` is a runbook step that changes something. */
export const actions = [
  'declare',
  'ack',
  'severity',
  'role',
  'note',
  'update',
  'runbook',
  'approve',
  'break_glass',
  'resolve',
  'reopen',
  'postmortem',
] as const;

const Allowed = z.union([
  z.literal('anyone').describe('Everybody of the workspace who is no guest'),
  z.array(z.string()).describe('Roles of the incident (ic, comms, ops, tech) and names of people'),
]);

type Actions = Record<(typeof actions)[number], ReturnType<typeof allowed>>;
const allowed = (who: z.output<typeof Allowed>) => Allowed.default(who);
const open = Object.fromEntries(actions.map((action) => [action, allowed('anyone')])) as Actions;

/** Who may do what. Everybody may help; approving a change is for the commander and operations. */
export const Permissions = z.strictObject({ ...open, approve: allowed(['ic', 'ops']) }).prefault({});
