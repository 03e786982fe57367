import { z } from 'zod';
import { type Problem, readYaml } from '../kit/yaml-source.ts';
import { brokenReferences } from './muster-references.ts';
import { Muster } from './muster-schema.ts';

export type { Muster } from './muster-schema.ts';

/** Reads muster.yaml. Either it is wholly right, or `problems` names everything that is wrong, each with file, line and column. */
export function loadMuster(text: string, file: string): { muster: Muster } | { problems: Problem[] } {
  const source = readYaml(file, text);
  if (source.problems.length > 0) return { problems: source.problems };
  const parsed = Muster.safeParse(source.value ?? {});
  if (!parsed.success) return { problems: source.problemsOf(parsed.error) };
  const complaints = brokenReferences(parsed.data);
  if (complaints.length === 0) return { muster: parsed.data };
  return {
    problems: complaints.map(({ path, message }) => source.problemAt(path, `${path.join('.')}: ${message}`)),
  };
}

/** The configuration that holds where there is no muster.yaml: every default, and nobody to page. */
export const defaultMuster = (): Muster => Muster.parse({});

/** The JSON Schema of muster.yaml, for editors. */
export function printMusterSchema(): string {
  const schema = z.toJSONSchema(Muster, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ $schema: schema.$schema, title: 'muster.yaml', ...schema }, null, 2)}\n`;
}
