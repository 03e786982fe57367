#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { createProgram } from './cli/program.ts';
import { Failure } from './kit/failure.ts';

// Clock, environment, terminal width and exit code enter here; every command gets them as arguments.
const terminal = {
  env: process.env,
  now: Date.now,
  width: process.stdout.columns ?? null,
  ask: process.stdin.isTTY ? ask : null,
};
const program = createProgram(terminal, (code) => {
  process.exitCode = code;
  // A command is over when it says so; a socket that lingers must not keep the terminal.
  setTimeout(() => process.exit(), 2000).unref();
});

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } catch {
    // Ctrl-C and Ctrl-D are an answer too: none.
    return '';
  } finally {
    lines.close();
  }
}

program.parseAsync().catch((error: unknown) => {
  const text =
    error instanceof Failure ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
