import { Command } from 'commander';
import type { Terminal } from './start-up.ts';

/**
 * The command line; `exit` takes the exit code of the command that ran. Each command loads its room only when it is called, so
 * that `--help` and `check` start at once.
 */
export function createProgram(terminal: Terminal, exit: (code: number) => void): Command {
  const { env, now } = terminal;
  const program = new Command('muster')
    .description('Incident automation for Slack: from the alert to the reviewed postmortem.')
    .version('0.1.0')
    .showHelpAfterError('(add --help for the options)')
    .configureHelp({ showGlobalOptions: true });

  program
    .command('serve')
    .description('Receive alerts, page, run runbooks: everything, or a part of it.')
    .option('--only <roles>', 'web, worker, or both (comma-separated); default both')
    .option('--location <name>', 'also run the runbook steps that are meant for this location')
    .addHelpText(
      'after',
      '\nEvery setting is in docs/settings.md, behaviour in muster.yaml. SIGTERM stops it in order.',
    )
    .action(async (options) => exit(await (await import('./serve.ts')).serve(options, env, now)));

  program
    .command('demo')
    .description('A real Redis failure from alert to postmortem, in a browser; no account needed.')
    .option('--once', 'play the first story unattended, and exit by its facts')
    .option('--json <file>', 'with --once: write the facts')
    .option('--port <port>', 'port of the page', '8090')
    .option('--watcher', 'watch the metrics ourselves, even if Prometheus is installed')
    .option('--no-open', 'do not open a browser')
    .action(async (options) => exit(await (await import('./demo.ts')).demo(options, env, now)));

  program
    .command('check')
    .description('Check settings, muster.yaml, runbooks and templates; all problems at once.')
    .option('--json', 'for machines')
    .addHelpText('after', '\nExit code: 0 when `muster serve` would start, else 1. Warnings do not count.')
    .action(async ({ json }) => exit(await (await import('./check.ts')).runCheck(env, json === true)));

  const runbook = program.command('runbook').description('List, check and run runbooks.');
  runbook
    .command('list')
    .description('List the runbooks that muster.yaml names.')
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
    .description('Run a runbook from this terminal. Changes only what you approve.')
    .argument('<file>', 'path of a runbook, such as runbooks/redis-sentinel.yaml')
    .option('--target <what...>', 'a service of muster.yaml, or parameters as name=value (JSON or text)')
    .option('--from <place>', 'what people call the place this runs in, for the report', 'terminal')
    .option('--approve', 'offer its changes too: each runs once its target is typed')
    .option('--json', 'a report that an incident takes in: /incident evidence, or post it as a file')
    .addHelpText('after', '\nExit code: 0 pass, 3 warn, 4 fail, 5 unknown; 1 when the file is refused.')
    .action(async (file, options) =>
      exit(await (await import('./run-runbook.ts')).runRunbook(file, options, terminal)),
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
    .addHelpText('after', '\nThe credential is ALERTMANAGER_TOKEN, as Muster has it.')
    .action(async (name, options) => exit(await (await import('./alert.ts')).fire(name, options, env, now)));

  const incident = program.command('incident').description('Look at incidents, straight from the log.');
  for (const [name, about] of [
    ['list', 'List the newest incidents, and what is listed without one.'],
    ['show', 'Show one incident.'],
    ['timeline', 'Show the timeline of one incident.'],
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
