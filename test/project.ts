// A whole project on the test server, for tests that cross stages: settings and inputs in a folder, the app open on them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, type AppEffects, openApp } from '../src/run/app.ts';
import { openProject } from '../src/run/project.ts';
import { testDatabaseUrl } from './database.ts';
import { sharedThreads } from './threads.ts';

export interface TestProject {
  readonly app: App;
  /** URL of its database. */
  readonly database: string;
  readonly root: string;
  /** Writes or replaces a file of the project. */
  put(path: string, content: string | Uint8Array): void;
}

/** One source of a settings file, indented under `sources:`. */
export function sourceOf(name: string, collector: string, config: string, more = ''): string {
  return `  ${name}:
    collector: ${collector}
    with: ${config}
    licence: lov2
    purpose: essai
    legalBasis: mission d'intérêt public
    retention: 3 years
${more}`;
}

/** Opens a project with these sources (`sourceOf`) and files; closed and dropped when the test ends. */
export async function testProject(
  sources: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  effects: Partial<AppEffects> = {},
): Promise<TestProject> {
  const root = await mkdtemp(join(tmpdir(), 'datasens-project-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const put: TestProject['put'] = (path, content) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const database = await testDatabaseUrl();
  put('datasens.yaml', `organisation: Commune d’essai\nstore: { database: "${database}" }\nsources:\n${sources}`);
  for (const [path, content] of Object.entries(files)) put(path, content);
  const app = await openApp(openProject(root), {
    signal: new AbortController().signal,
    threads: sharedThreads(),
    ...effects,
  });
  onTestFinished(() => app.close());
  return { app, database, root, put };
}
