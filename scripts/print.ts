import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { printedDocuments } from '../src/cli/print.ts';

for (const [path, print] of Object.entries(printedDocuments)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, print());
}
console.log(`printed ${Object.keys(printedDocuments).join(', ')}`);
