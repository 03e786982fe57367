import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureCrowd } from './crowd.ts';
import { measureDrain } from './drain.ts';
import { measureFrozen } from './frozen.ts';
import { measureLatency } from './latency.ts';
import { measureRatios } from './ratios.ts';
import { isMet, type Row, tableOf } from './row.ts';
import { measureStartUp } from './start-up.ts';

// npm run bench [-- --quick] [--json FILE] [--strict]; see docs/benchmarks.md.
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    strict: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
const parts: Record<string, () => Promise<Row[]>> = values.quick
  ? { ratios: () => measureRatios(200, say) }
  : {
      ratios: () => measureRatios(1000, say),
      crowd: () => measureCrowd(say),
      latency: () => measureLatency(say),
      drain: () => measureDrain(say),
      frozen: () => measureFrozen(say),
      'start-up': () => measureStartUp(say),
    };

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const started = performance.now();
const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (values.only === undefined || values.only === name) rows.push(...(await measure()));
}
const seconds = Math.round((performance.now() - started) / 1000);
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  load: loadavg()[0] ?? 0,
  node: process.version,
};
process.stdout.write(`\n${tableOf(rows)}\n\n`);
process.stdout.write(
  `${machine.cores} cores, load ${machine.load.toFixed(1)}, Node ${machine.node}, ${seconds} s\n`,
);
if (values.json !== undefined) {
  const results = rows.map((row) => ({ ...row, met: isMet(row) }));
  writeFileSync(values.json, `${JSON.stringify({ machine, seconds, results }, null, 2)}\n`);
}
process.exit(values.strict && rows.some((row) => isMet(row) === false) ? 1 : 0);
