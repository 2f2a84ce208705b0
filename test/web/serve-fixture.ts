// Serves the built workbench over fictive data, for development: `node test/web/serve-fixture.ts [port]`.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { fixtureTerritoryDesk } from './fixture-context.ts';
import { fixtureDesk } from './fixture-desk.ts';
import { fixtureEvaluation, withheldInFixture } from './fixture-evaluation.ts';
import { fixtureReader } from './fixture-reader.ts';
import { fixtureRecipeDesk, fixtureStepsDesk } from './fixture-recipes.ts';
import { fixtureRunDesk } from './fixture-run-desk.ts';
import { fixtureThemeDesk } from './fixture-themes.ts';

const web = resolve(import.meta.dirname, '../../dist/web');
const empty = process.argv.includes('--empty');
const withheld = process.argv.includes('--withheld') ? await withheldInFixture() : [];
const reader = fixtureReader({ empty, withheld });
const desks = {
  sources: await fixtureDesk({ empty }),
  runs: fixtureRunDesk(reader),
  recipes: fixtureRecipeDesk({ empty, documents: reader.documents }),
  steps: fixtureStepsDesk(reader),
  evaluation: fixtureEvaluation({ empty }),
  territory: fixtureTerritoryDesk(reader.documents),
  themes: await fixtureThemeDesk({ proposed: !empty }),
};
const server = await buildServer(reader, { web: existsSync(web) ? web : null, desks });
setInterval(() => reader.advance(), 1000).unref();
console.log(await listenLocally(server, Number(process.argv[2] ?? 4180)));
