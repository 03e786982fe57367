import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tool } from '../../src/runbook/step.ts';

/** A folder with executables of a test's own. */
export type ToolBox = {
  folder: string;
  /** Writes a shell script and lists it as muster.yaml would. */
  tool: (script: string, listed?: Partial<Tool> & { mode?: number }) => Tool;
  remove: () => void;
};

/** Makes an empty folder that only its owner can write to. */
export function createToolBox(): ToolBox {
  const folder = mkdtempSync(join(tmpdir(), 'muster-tools-'));
  let count = 0;
  return {
    folder,
    tool: (script, { mode = 0o755, ...listed } = {}) => {
      const path = join(folder, `tool-${count++}`);
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, mode);
      return { path, effect: 'read', folder: null, timeout: 5000, environment: {}, ...listed };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
