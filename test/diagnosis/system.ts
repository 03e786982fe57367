import type { Verdict } from '../../src/incident/words.ts';
import { silent } from '../../src/kit/log.ts';
import { fillStep } from '../../src/runbook/file/fill-facts.ts';
import { loadRunbook } from '../../src/runbook/file/load-runbooks.ts';
import { pinRunbook } from '../../src/runbook/file/pin-runbook.ts';
import { catalogue } from '../../src/runbook/registry.ts';
import { causeOf, type Ran, worstOf } from '../../src/runbook/run/ran.ts';
import { type Perform, runPinned } from '../../src/runbook/run/run-pinned.ts';
import { runStep } from '../../src/runbook/run/run-step.ts';
import type { Json } from '../../src/runbook/step.ts';

/** A fault made on a real part, and what the shipped runbook must say of it. */
export type Fault<Stage> = {
  /** What is broken, in the words of an operator; a healthy control says so. */
  name: string;
  /** How it is made, precise enough to repeat. */
  made: string;
  /** A shipped runbook, by name. */
  runbook: string;
  /** The worst verdict of its reads, and the name of the probable cause (null: none may be named). */
  verdict: Verdict;
  cause: string | null;
  /** What the service's `params` in muster.yaml would say. */
  params: (stage: Stage) => Record<string, Json>;
  /** Makes the fault and waits until it is there; the function it answers with heals it. */
  make: (stage: Stage) => Promise<() => Promise<void>>;
};

/** A system that is diagnosed: its real part, started once, and its faults, each made and healed in turn. */
export type System<Stage> = {
  name: string;
  /** What a reader has to know of the real part. */
  note?: string;
  /** Null when the real part can run here, else what is missing and what to type. */
  missing: string | null;
  start: () => Promise<Stage>;
  stop: (stage: Stage) => Promise<void>;
  /** The secrets of accounts with read rights only. */
  secrets: (stage: Stage) => Record<string, string>;
  faults: readonly Fault<Stage>[];
};

/** What came out of one fault. `ms` is the time of all reads together. */
export type Diagnosis = { verdict: Verdict; cause: string | null; sentence: string; ms: number; ran: Ran[] };

/** Makes the fault, plays the reads of its runbook as an incident would, and heals it. */
export async function diagnose<Stage>(
  system: System<Stage>,
  stage: Stage,
  fault: Fault<Stage>,
): Promise<Diagnosis> {
  const heal = await fault.make(stage);
  try {
    return await look(fault.runbook, fault.params(stage), system.secrets(stage));
  } finally {
    await heal();
  }
}

async function look(
  name: string,
  service: Record<string, Json>,
  secrets: Record<string, string>,
): Promise<Diagnosis> {
  const { runbook, problems } = await loadRunbook(`runbooks/${name}.yaml`, catalogue);
  if (runbook === null) throw new Error(`${name}: ${JSON.stringify(problems)}`);
  const pinned = pinRunbook(runbook, catalogue, { service, labels: {}, language: 'en', url: null });
  const deps = {
    now: Date.now,
    log: silent,
    redact: (text: string) => text,
    secret: (wanted: string): string => {
      const value = secrets[wanted];
      if (value === undefined) throw new Error(`no secret ${wanted}`);
      return value;
    },
  };
  const startedAt = performance.now();
  const perform: Perform = async (step) => {
    if (step.effect !== 'read') return { skipped: 'not a read' };
    return runStep(catalogue.get(step.uses)!, step.input as Json, 'en', deps);
  };
  const ran = await runPinned(pinned, { perform, fill: fillStep(catalogue, 'en') });
  const ms = Math.round(performance.now() - startedAt);
  const verdict = worstOf(ran);
  const found = causeOf(ran);
  const sentence =
    found?.report.sentence ?? ran.find(({ report }) => report?.verdict === verdict)?.report?.sentence ?? '';
  return { verdict, cause: found?.report.cause ?? null, sentence, ms, ran };
}
