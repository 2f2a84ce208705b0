// datasens serve

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exposureOf } from '../api/exposure.ts';
import { buildServer, listenAt } from '../api/server.ts';
import { DataSensError } from '../model/error.ts';
import { openActDesk } from '../run/act-desk.ts';
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
import { openReviewDesk } from '../run/store-review-desk.ts';
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
          const people = peopleOf(app);
          const accounts = openAccountDesk(app.control, people);
          const { host, origin } = exposureOf(asked, (await accounts.list()).length === 0);
          const work = await openStandingWork(app, (words) => process.stderr.write(`${words}\n`));
          const runs = openRunDesk(app, work.workers);
          const reader = await openStoreReader(besideWork(app));
          const sessions = await openSessionDesk(app.control, people);
          const desks = {
            accounts,
            acts: openActDesk(app.control),
            sessions,
            sources: openSourceDesk(app, { collectors: await loadCollectors(), changed: work.settings.now }),
            runs,
            review: openReviewDesk(app),
            steps: openStepsDesk(app),
            codebook: openCodebookDesk(app, work.settings.now),
            themes: openThemeDesk(app, { changed: work.settings.now }),
            territory: openTerritoryDesk(besideWork(app)),
            recipes: openRecipeDesk(app, { follow: (asker) => runs.start({ steps: AFTER_DECISION }, asker) }),
            evaluation: openEvaluationDesk(besideWork(app)),
          };
          const server = await buildServer(reader, { web: existsSync(WEB) ? WEB : null, desks, origin });
          try {
            const address = await listenAt(server, { host, port });
            process.stderr.write(`DataSens est ouvert : ${origin?.origin ?? address}\nCtrl+C pour fermer.\n`);
            if (!existsSync(WEB)) process.stderr.write('L’interface n’est pas construite : `npm run web:build`.\n');
            if (!signal.aborted) await once(signal, 'abort');
          } finally {
            await server.close();
            await sessions.close();
            await runs.settle();
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

/** What both desks of people need: one hasher, so that what it does at once is bounded. */
function peopleOf({ clock, project }: App) {
  const { organisation } = project.settings;
  return { clock, hasher: openPasswordHasher(), organisation, from: 'workbench' } as const;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new DataSensError('usage', `--port ${text} is no port`, { remedy: 'give a number from 0 to 65535' });
}
