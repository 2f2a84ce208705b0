// datasens serve

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exposureOf } from '../api/exposure.ts';
import { buildServer, listenAt } from '../api/server.ts';
import { DataSensError } from '../model/error.ts';
import { type App, besideWork } from '../run/app.ts';
import { openCodebookDesk } from '../run/codebook-desk.ts';
import { openStepsDesk } from '../run/document-steps.ts';
import { openEvaluationDesk } from '../run/evaluation-desk.ts';
import { openPasswordHasher } from '../run/password-hash.ts';
import { loadCollectors } from '../run/plugins.ts';
import { openSourceDesk } from '../run/source-desk.ts';
import { openStandingWork } from '../run/standing-work.ts';
import { openAccountDesk } from '../run/store-account-desk.ts';
import { openStoreReader } from '../run/store-reader.ts';
import { AFTER_DECISION, openRecipeDesk } from '../run/store-recipe-desk.ts';
import { openRunDesk } from '../run/store-run-desk.ts';
import { openSessionDesk } from '../run/store-session-desk.ts';
import { openTerritoryDesk } from '../run/store-territory-desk.ts';
import { openThemeDesk } from '../run/theme-desk.ts';
import { answer, withApp } from './command.ts';

const WEB = join(import.meta.dirname, '../../dist/web');

export function attach(program: Command): void {
  const command = program
    .command('serve')
    .description('Open the workbench on this machine, and work on what other commands queue')
    .option('--port <number>', 'port to listen on', '4780')
    .option(
      '--host <address>',
      'address to listen on; another than the loopback needs accounts and --origin',
      '127.0.0.1',
    )
    .option('--origin <url>', 'https address that people open, where a TLS proxy stands in front')
    .action((asked: Asked) =>
      answer(command, async (options, signal) => {
        const port = parsePort(asked.port);
        return withApp(options, { signal, keepsTime: true }, async (app) => {
          const people = await openPeople(app);
          const exposure = await people.sessions.isOpen().then((isOpen) => exposureOf(asked, isOpen));
          const work = await openStandingWork(app, (words) => process.stderr.write(`${words}\n`));
          const runs = openRunDesk(app, work.workers);
          const desks = {
            ...people,
            sources: openSourceDesk(app, { collectors: await loadCollectors(), changed: work.settings.now }),
            runs,
            steps: openStepsDesk(app),
            codebook: openCodebookDesk(app, work.settings.now),
            themes: openThemeDesk(app, { changed: work.settings.now }),
            territory: openTerritoryDesk(besideWork(app)),
            recipes: openRecipeDesk(app, { follow: (asker) => runs.start({ steps: AFTER_DECISION }, asker) }),
            evaluation: openEvaluationDesk(besideWork(app)),
          };
          const reader = await openStoreReader(besideWork(app));
          const { host, origin } = exposure;
          const server = await buildServer(reader, { web: existsSync(WEB) ? WEB : null, desks, origin });
          try {
            const address = await listenAt(server, { host, port });
            process.stderr.write(`DataSens est ouvert : ${origin?.origin ?? address}\nCtrl+C pour fermer.\n`);
            if (!existsSync(WEB)) process.stderr.write('L’interface n’est pas construite : `npm run web:build`.\n');
            if (!signal.aborted) await once(signal, 'abort');
          } finally {
            await server.close();
            await people.sessions.close();
            await desks.runs.settle();
            await work.stop();
          }
          return { data: { stopped: true }, text: 'DataSens est fermé.' };
        });
      }),
    );
}

interface Asked {
  readonly port: string;
  readonly host: string;
  readonly origin?: string;
}

async function openPeople(app: App) {
  const { clock, control, project } = app;
  const shared = { clock, hasher: openPasswordHasher(), organisation: project.settings.organisation };
  return {
    sessions: await openSessionDesk(control, shared),
    accounts: openAccountDesk(control, { ...shared, from: 'workbench' }),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new DataSensError('usage', `--port ${text} is no port`, { remedy: 'give a number from 0 to 65535' });
}
