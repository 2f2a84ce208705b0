// Takes over the settings file when it changes on disk, for a process that stays. A mistake leaves what was in force.

import { unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app.ts';
import { SETTINGS_FILE } from './project.ts';

const PERIOD_MS = 1000;

export interface SettingsWatch {
  /** Reads the file again at once; resolves when it is in force. @throws settings-invalid, settings-missing */
  now(): Promise<void>;
  stop(): void;
}

/** Watches the settings of `app`; each change is read, then `onChange` is told, with the error where it was refused. */
export function watchSettings(app: App, onChange: (error: unknown) => Promise<void> | void): SettingsWatch {
  const path = join(app.project.root, SETTINGS_FILE);
  // Looked at rather than listened for: editors replace files, and network folders tell nobody.
  const look = () => {
    app.reload().then(
      () => onChange(null),
      (error) => onChange(error),
    );
  };
  watchFile(path, { interval: PERIOD_MS }, look);
  return {
    async now() {
      await app.reload();
      await onChange(null);
    },
    stop: () => unwatchFile(path, look),
  };
}
