import { loadRunbook } from '../../../src/runbook/file/load-runbooks.ts';
import { pinRunbook } from '../../../src/runbook/file/pin-runbook.ts';
import { catalogue } from '../../../src/runbook/registry.ts';
import type { Json } from '../../../src/runbook/step.ts';
import { createScene } from '../run/scene.ts';

/** What a shipped runbook is played with beside the service's parameters. */
type Given = { labels?: Record<string, string>; secret?: (name: string) => string };

/** A shipped runbook in an incident in memory: `play` works off all jobs, `verdict` says how a step ended or where it stands. */
export async function shippedScene(
  name: string,
  service: Record<string, Json>,
  { labels = {}, secret }: Given = {},
) {
  const { runbook } = await loadRunbook(`runbooks/${name}.yaml`, catalogue);
  const pinned = pinRunbook(runbook!, catalogue, { service, labels, language: 'en', url: null });
  const scene = createScene(pinned.steps, catalogue);
  if (secret) scene.jobDeps.secret = secret;
  const play = async () => {
    for (let jobs = scene.settle(); jobs.length > 0; jobs = scene.settle()) {
      await scene.work(jobs);
      scene.clock.now += 1000;
    }
  };
  const verdict = (id: string) => {
    const { phase } = scene.step(id);
    return phase.is === 'over' ? phase.report.verdict : phase.is;
  };
  return { ...scene, play, verdict };
}
