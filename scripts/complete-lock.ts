import { readFileSync, writeFileSync } from 'node:fs';

// npm leaves an optional package out of the lock file when the registry at hand does not carry it, as mirrors often don't for
// other platforms, and `npm ci` then refuses the file. Such packages say their platform in their name, which is all npm needs
// to skip them here and to fetch them there.
type Locked = {
  version: string;
  optionalDependencies?: Record<string, string>;
  dev?: boolean;
  license?: string;
  engines?: Record<string, string>;
};
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

for (const [at, parent] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || lock.packages[`${at}/node_modules/${name}`]) continue;
    const words = name.split(/[/-]/);
    const os = words.filter((word) => systems.includes(word));
    const cpu = words.filter((word) => processors.includes(word));
    if (!os.length || !cpu.length) throw new Error(`${name}: the name does not say for which platform it is`);
    const libc = words.flatMap((word) =>
      word.startsWith('musl') ? ['musl'] : word.startsWith('gnu') ? ['glibc'] : [],
    );
    const { dev, license, engines } = parent;
    Object.assign(lock.packages, {
      [key]: { version, cpu, dev, ...(libc.length ? { libc } : {}), license, optional: true, os, engines },
    });
    console.log(`added ${name} ${version}`);
  }
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
