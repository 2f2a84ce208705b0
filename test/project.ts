// A project on a database of its own, open in this process: for tests that run the journey and look at what it kept.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, openApp } from '../src/run/app.ts';
import { openProject } from '../src/run/project.ts';
import { testDatabaseUrl } from './database.ts';

export interface TestProject {
  readonly folder: string;
  readonly database: string;
  write(path: string, content: string): Promise<void>;
  /** Opens the project in this process; closed when the test ends, or before by the test. */
  open(signal?: AbortSignal): Promise<App>;
}

/** Settings of one source, with the legal card that every source needs. */
export function sourceSettings(collector: string, config: object): object {
  const card = { licence: 'lov2', purpose: 'essai', legalBasis: 'mission d’intérêt public', retention: '3 years' };
  return { collector, with: config, ...card };
}

/** A folder with these sources and files. Call it inside a test: folder and database go with it. */
export async function testProject(
  sources: Readonly<Record<string, object>>,
  files: Readonly<Record<string, string>>,
  settings: object = {},
): Promise<TestProject> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-project-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const database = await testDatabaseUrl();
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  // JSON is YAML.
  const whole = { organisation: 'Commune d’essai', store: { database }, sources, ...settings };
  await write('datasens.yaml', JSON.stringify(whole));
  for (const [path, content] of Object.entries(files)) await write(path, content);
  return {
    folder,
    database,
    write,
    async open(signal = new AbortController().signal) {
      const app = await openApp(openProject(folder), { signal });
      let isOpen = true;
      const close = async () => {
        if (isOpen) await app.close();
        isOpen = false;
      };
      onTestFinished(close);
      return { ...app, close };
    },
  };
}
