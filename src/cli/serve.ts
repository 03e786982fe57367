import { startMuster } from '../app/muster.ts';
import { createLog } from '../kit/log.ts';
import { type Environment, startUp } from './start-up.ts';
import { warningsOf } from './warnings.ts';

/** What `muster serve` was asked for. */
export type ServeOptions = { only?: string; location?: string };

/** Serves until a signal ends it. Bad configuration is refused at once, with all problems. Answers with the exit code. */
export async function serve(options: ServeOptions, env: Environment, now: () => number): Promise<number> {
  const roles = rolesOf(options);
  if (roles === null) {
    process.stderr.write(`--only takes web, worker, or both separated by a comma; not "${options.only}"\n`);
    return 2;
  }
  const started = await startUp(env, roles.web);
  if ('problems' in started) {
    process.stderr.write(`Muster does not start: ${started.problems.length} to mend.\n`);
    for (const problem of started.problems) process.stderr.write(`  ${problem}\n`);
    return 1;
  }
  const { settings, behaviour, redact, secret } = started;
  const report = createLog({ level: settings.LOG_LEVEL, mask: redact });
  for (const warning of warningsOf(settings, behaviour, env)) {
    report.warn({ warning }, 'configuration');
  }
  process.on('unhandledRejection', (reason) =>
    report.error({ reason }, 'a promise was left alone: a defect'),
  );
  const path = env.PATH ?? '';
  const location = options.location ?? null;
  const muster = await startMuster({
    ...behaviour,
    settings,
    redact,
    secret,
    path,
    roles,
    location,
    now,
    report,
  });
  report.info({ url: muster.url, roles, location }, 'Muster is up');
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => resolve(name));
  });
  report.info({ signal }, 'Muster is stopping');
  await muster.stop();
  return 0;
}

function rolesOf({ only }: ServeOptions): { web: boolean; worker: boolean } | null {
  if (only === undefined) return { web: true, worker: true };
  const names = only.split(',').map((name) => name.trim());
  if (!names.every((name) => name === 'web' || name === 'worker')) return null;
  return { web: names.includes('web'), worker: names.includes('worker') };
}
