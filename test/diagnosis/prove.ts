import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose, type System } from './system.ts';

/** The longest that all reads of a runbook together may take. */
const readsMs = 10_000;

/** Tests of a system: every fault gets the verdict and the cause it must get, in time. */
export function prove<Stage>(system: System<Stage>): void {
  describe.skipIf(system.missing !== null)(`${system.name} (${system.missing ?? 'real part'})`, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await system.start();
    }, 180_000);
    afterAll(() => system.stop(stage), 60_000);

    it.each(system.faults.map((fault) => [fault.name, fault] as const))(
      '%s',
      async (_, fault) => {
        const found = await diagnose(system, stage, fault);
        const told = found.ran.map(
          ({ step, report, skipped }) =>
            `${step.id}: ${report ? `${report.verdict} ${report.sentence}` : skipped}`,
        );
        expect({ verdict: found.verdict, cause: found.cause }, told.join('\n')).toEqual({
          verdict: fault.verdict,
          cause: fault.cause,
        });
        expect(found.ms).toBeLessThan(readsMs);
      },
      90_000,
    );
  });
}
