import { printMusterSchema } from '../config/muster-yaml.ts';
import { printEnvExample, printSettings } from '../config/print-settings.ts';
import { registry as steps } from '../runbook/registry.ts';
import { printSteps } from './print-steps.ts';

/** Every document that is printed from code, by its path in the repository. `npm run print` writes them, a test compares them. */
export const printedDocuments: Record<string, () => string> = {
  '.env.example': printEnvExample,
  'docs/settings.md': printSettings,
  'docs/steps.md': () => printSteps(steps),
  'deploy/muster.schema.json': printMusterSchema,
};
