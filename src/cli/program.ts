import { Command } from 'commander';
import type { Environment } from './start-up.ts';

/** Where a command reads and answers; `exit` takes the exit code. Clock and environment come from `main.ts` only. */
export type Terminal = { env: Environment; now: () => number; exit: (code: number) => void };

/**
 * The command line. Each command loads its room only when it is called, so that `--help` and `check` start at once.
 */
export function createProgram({ env, now, exit }: Terminal): Command {
  const program = new Command('muster')
    .description('Incident automation for Slack: from the alert to the reviewed postmortem.')
    .version('0.1.0')
    .showHelpAfterError('(add --help for the options)')
    .configureHelp({ showGlobalOptions: true });

  program
    .command('serve')
    .description('Serve: doors, rooms and steps in one process.')
    .option('--only <roles>', 'web, worker, or both (comma-separated); default both')
    .option('--location <name>', 'also take the runbook steps of this location')
    .action(async (options) => exit(await (await import('./serve.ts')).serve(options, env, now)));

  program
    .command('demo')
    .description('Everything embedded, with no account: a Slack to use and a failure to repair.')
    .option('--once', 'play the first story unattended, and exit by its facts')
    .option('--json <file>', 'with --once: write the facts')
    .option('--port <port>', 'port of the page', '8090')
    .option('--watcher', 'do not use an installed Prometheus')
    .option('--no-open', 'do not open a browser')
    .action(async (options) => exit(await (await import('./demo.ts')).demo(options, env, now)));

  program
    .command('check')
    .description('Check settings, muster.yaml, runbooks and templates; all problems at once.')
    .option('--json', 'for machines')
    .action(async ({ json }) => exit(await (await import('./check.ts')).runCheck(env, json === true)));

  const runbook = program.command('runbook').description('Runbooks: list, lint, run from here.');
  runbook
    .command('list')
    .description('The runbooks that muster.yaml names.')
    .option('--json', 'for machines')
    .action(async ({ json }) => exit(await (await import('./runbook.ts')).listRunbooks(env, json === true)));
  runbook
    .command('lint')
    .description('Check runbook files: file:line:column, all problems at once.')
    .argument('[files...]', 'default: those that muster.yaml names')
    .option('--json', 'for machines')
    .action(async (files, { json }) =>
      exit(await (await import('./runbook.ts')).lint(files, env, json === true)),
    );
  runbook
    .command('run')
    .description('Run the probes of a runbook from this terminal. Nothing is changed.')
    .argument('<file>')
    .option('--param <name=value...>', 'a parameter; JSON, or plain text')
    .option('--service <name>', 'take the parameters of a service in muster.yaml')
    .option('--json', 'for machines')
    .addHelpText('after', '\nExit code: 0 pass, 3 warn, 4 fail, 5 unknown; 1 when the file is refused.')
    .action(async (file, options) =>
      exit(await (await import('./run-runbook.ts')).runRunbook(file, options, env, now)),
    );

  program
    .command('alert')
    .description('Send alerts to a running Muster.')
    .command('fire')
    .description('Send one alert, as Alertmanager would; --resolve ends it.')
    .argument('<name>', 'alert name')
    .option('--label <name=value...>', 'further labels')
    .option('--summary <text>', 'what people read')
    .option('--resolve', 'send it as resolved')
    .option('--url <url>', 'where Muster listens; default PUBLIC_URL')
    .action(async (name, options) => exit(await (await import('./alert.ts')).fire(name, options, env, now)));

  const incident = program.command('incident').description('Look at incidents.');
  for (const [name, about] of [
    ['list', 'The newest incidents and what is listed without one.'],
    ['show', 'One incident.'],
    ['timeline', 'The timeline of one incident.'],
  ] as const) {
    const command = incident.command(name).description(about).option('--json', 'for machines');
    if (name !== 'list') command.argument('<id>', '42 or inc-42');
    command.action(async (...given) => {
      const id = name === 'list' ? null : (given[0] as string);
      const { json } = given.at(-2) as { json?: boolean };
      exit(await (await import('./incident.ts')).look(name, id, env, now, json === true));
    });
  }
  return program;
}
