import { z } from 'zod';

const incident = z.int().positive();
const role = z.enum(['ic', 'comms', 'ops', 'tech']);
const step = { incident, run: z.string(), step: z.string() };
const hash = z.string();
const link = z.strictObject({});

/**
 * Every button Muster shows, by its `action_id`, and what its value carries. The value is JSON; it names things, it proves
 * nothing: whoever handles a click checks the person and the state again. The `open-…` buttons open an address: Slack reports
 * those clicks too, and wants them acknowledged.
 */
export const actions = {
  acknowledge: z.strictObject({ incident }),
  'accept-role': z.strictObject({ incident, role }),
  'decline-handoff': z.strictObject({ incident, role }),
  'approve-step': z.strictObject({ ...step, hash }),
  'decline-step': z.strictObject(step),
  'break-glass': z.strictObject({ ...step, hash }),
  'rerun-step': z.strictObject(step),
  'step-happened': z.strictObject(step),
  'step-did-not-happen': z.strictObject(step),
  'manual-done': z.strictObject(step),
  'manual-not-done': z.strictObject(step),
  'confirm-recovery': z.strictObject({ incident }),
  resolve: z.strictObject({ incident }),
  reopen: z.strictObject({ incident }),
  'open-runbook': link,
  'open-dashboard': link,
  'open-postmortem': link,
} satisfies Record<string, z.ZodObject>;

/** The `action_id` of a button. */
export type ActionName = keyof typeof actions;

/** What the value of one kind of button carries. */
export type ActionValue<N extends ActionName> = z.infer<(typeof actions)[N]>;

/** A click, understood: which button, and what it carries. */
export type Action = { [N in ActionName]: { action: N } & ActionValue<N> }[ActionName];

/** The button's value as Slack keeps it, at most 2,000 characters. */
export const encodeAction = <N extends ActionName>(_name: N, value: ActionValue<N>): string =>
  JSON.stringify(value);

/** What a click means, or null when its `action_id` or value is not one of ours. Buttons that open a link carry no value. */
export function decodeAction(actionId: string, value: string | undefined): Action | null {
  if (!Object.hasOwn(actions, actionId)) return null;
  const name = actionId as ActionName;
  const parsed = actions[name].safeParse(parseJson(value ?? '{}'));
  return parsed.success ? ({ action: name, ...parsed.data } as Action) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
