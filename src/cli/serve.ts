// datasens serve

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildServer, listenLocally } from '../api/server.ts';
import { DataSensError } from '../model/error.ts';
import { besideWork } from '../run/app.ts';
import { loadCollectors } from '../run/plugins.ts';
import { openSourceDesk } from '../run/source-desk.ts';
import { openStandingWork } from '../run/standing-work.ts';
import { openStoreReader } from '../run/store-reader.ts';
import { openReviewDesk } from '../run/store-review-desk.ts';
import { openRunDesk } from '../run/store-run-desk.ts';
import { answer, withApp } from './command.ts';

const WEB = join(import.meta.dirname, '../../dist/web');

export function attach(program: Command): void {
  const command = program
    .command('serve')
    .description('Open the workbench on this machine, and work on what other commands queue')
    .option('--port <number>', 'port on the loopback address', '4780')
    .action(({ port }: { port: string }) =>
      answer(command, async (options, signal) =>
        withApp(options, { signal, keepsTime: true }, async (app) => {
          const work = await openStandingWork(app, (words) => process.stderr.write(`${words}\n`));
          const desks = {
            sources: openSourceDesk(app, { collectors: await loadCollectors(), changed: work.settings.now }),
            runs: openRunDesk(app, work.workers),
            review: openReviewDesk(app),
          };
          const reader = await openStoreReader(besideWork(app));
          const server = await buildServer(reader, { web: existsSync(WEB) ? WEB : null, desks });
          try {
            const address = await listenLocally(server, parsePort(port));
            process.stderr.write(`DataSens est ouvert : ${address}\nCtrl+C pour fermer.\n`);
            if (!existsSync(WEB)) process.stderr.write('L’interface n’est pas construite : `npm run web:build`.\n');
            if (!signal.aborted) await once(signal, 'abort');
          } finally {
            await server.close();
            await desks.runs.settle();
            await work.stop();
          }
          return { data: { stopped: true }, text: 'DataSens est fermé.' };
        }),
      ),
    );
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new DataSensError('usage', `--port ${text} is no port`, { remedy: 'give a number from 0 to 65535' });
}
