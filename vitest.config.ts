import { configDefaults, defineConfig } from 'vitest/config';

/** Its bounds are of a process that read nothing else: in one that read much, the same patterns run three times slower. */
const ALONE = 'src/refine/detectors/contract.test.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/database.setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ALONE],
          // Files of a worker share what they import (the gazetteer, the lexicons): a third of the processor's time was imports.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: [ALONE] } },
    ],
  },
});
