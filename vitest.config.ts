import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**', 'node_modules/**'],
    // Most tests wait for real servers, so four at once keep two cores busy; the default is one fewer than there are cores.
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A poll ends as soon as it holds; on a busy machine the default of a second is short.
    expect: { poll: { timeout: 10_000 } },
    env: { LOG_LEVEL: 'silent' },
  },
});
