import { printMusterSchema } from '../config/muster-yaml.ts';
import { printEnvExample, printSettings } from '../config/print-settings.ts';
import { printFactsSchema } from '../demo/facts.ts';
import { printStepReference } from '../runbook/file/print-reference.ts';
import { printRunbookSchema } from '../runbook/file/print-schema.ts';
import { printCommandReference } from '../slack/inbound/print-commands.ts';

/** Every document that is printed from code, by its path in the repository. `npm run print` writes them, a test compares them. */
export const printedDocuments: Record<string, () => string> = {
  '.env.example': printEnvExample,
  'docs/settings.md': printSettings,
  'docs/commands.md': printCommandReference,
  'docs/runbook-steps.md': printStepReference,
  'deploy/muster.schema.json': printMusterSchema,
  'docs/demo-facts.schema.json': printFactsSchema,
  'runbooks/runbook.schema.json': printRunbookSchema,
};
