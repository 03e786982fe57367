import { spawn } from 'node:child_process';

/** The parts of `npm run check`: everything about the source that needs no Redis and no network. They run side by side. */
const parts: Record<string, string[]> = {
  types: ['node_modules/typescript/bin/tsc', '-p', '.'],
  'lint and format': ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  'unused code': ['node_modules/knip/bin/knip.js', '--no-progress'],
  'imports, names, printed documents': [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=dot',
    'test/house',
  ],
};

const run = (name: string, args: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name} (${seconds} s)`);
      if (code !== 0) console.log(output.trimEnd());
      resolve(code === 0);
    });
  });

const results = await Promise.all(Object.entries(parts).map(([name, args]) => run(name, args)));
process.exitCode = results.every(Boolean) ? 0 : 1;
