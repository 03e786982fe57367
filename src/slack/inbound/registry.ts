import { ack } from './commands/ack.ts';
import { declare } from './commands/declare.ts';
import { evidence } from './commands/evidence.ts';
import { handoff } from './commands/handoff.ts';
import { helpOver } from './commands/help.ts';
import { list } from './commands/list.ts';
import { note } from './commands/note.ts';
import { postmortem } from './commands/postmortem.ts';
import { reopen } from './commands/reopen.ts';
import { resolve } from './commands/resolve.ts';
import { role } from './commands/role.ts';
import { runbook } from './commands/runbook.ts';
import { severity } from './commands/severity.ts';
import { status } from './commands/status.ts';
import { update } from './commands/update.ts';
import { why } from './commands/why.ts';
import type { Verb } from './verb.ts';

/** Every verb of `/incident`, in the order people need them. A new verb is a file in `commands/` and a line here. */
export const verbs: readonly Verb[] = [
  declare,
  status,
  list,
  ack,
  severity,
  role,
  handoff,
  note,
  update,
  runbook,
  evidence,
  resolve,
  reopen,
  postmortem,
  why,
  helpOver(() => verbs),
] as readonly Verb[];

/** The verb of this name or alias. */
export const findVerb = (typed: string): Verb | undefined =>
  verbs.find((verb) => verb.name === typed || verb.aliases.includes(typed));
