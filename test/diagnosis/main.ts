import { writeFileSync } from 'node:fs';
import { diagnose, type Fault } from './system.ts';
import { systems } from './systems.ts';

// `npm run diagnosis`: makes every fault on its real part, plays the shipped runbook, and writes what came out.
const file = 'docs/diagnosis.md';
const count = (which: (fault: Fault<unknown>) => boolean): number =>
  systems.flatMap(({ faults }) => faults).filter(which).length;
const lines = [
  '# What the runbooks find',
  '',
  'Every row is a fault that was made on the real system, and what the shipped runbook said of it: the worst verdict of its reads,',
  'the probable cause it named, and the time all its reads took. `npm run diagnosis` makes them all again and writes this page;',
  'the tests assert verdict and cause.',
  '',
  `${count((fault) => fault.cause !== null)} faults have a cause that a look can be sure of, ${count((fault) => fault.verdict === 'pass')} rows are healthy controls; in the others a look`,
  'warns, or says that it does not know and what it would need.',
];
let wrong = 0;
for (const system of systems) {
  if (system.missing !== null) {
    console.error(`${system.name}: ${system.missing}`);
    wrong += 1;
    continue;
  }
  lines.push(
    '',
    `## ${system.name}`,
    '',
    ...(system.note ? [system.note, ''] : []),
    '| fault | how it was made | runbook | verdict | probable cause | time |',
    '| --- | --- | --- | --- | --- | ---: |',
  );
  const stage = await system.start();
  try {
    for (const fault of system.faults) {
      const { verdict, cause, sentence, ms } = await diagnose(system, stage, fault);
      const right = verdict === fault.verdict && cause === fault.cause;
      if (!right) wrong += 1;
      console.error(
        `${right ? 'ok   ' : 'WRONG'} ${system.name}: ${fault.name}: ${verdict} ${cause ?? '–'} ${ms} ms`,
      );
      const said = cause === null ? '–' : `\`${cause}\`: ${sentence}`;
      const cells = [fault.name, fault.made, fault.runbook, verdict, said, `${ms} ms`];
      lines.push(`| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`);
    }
  } finally {
    await system.stop(stage);
  }
}
if (wrong === 0) writeFileSync(file, `${lines.join('\n')}\n`);
console.error(wrong === 0 ? `written: ${file}` : `${wrong} wrong; ${file} is as it was`);
process.exitCode = wrong === 0 ? 0 : 1;
