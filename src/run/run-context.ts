// What a run ran under, kept with it: versions, and hashes of everything that its results depend on.

import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../model/json.ts';
import { serverVersion, type Tx } from '../store/database.ts';
import type { App } from './app.ts';
import { version } from './version.ts';

/** Settings are told by their hash: they may name people and places. */
export async function runContext(app: App, tx: Tx): Promise<JsonObject> {
  const settings = canonicalJson(JSON.parse(JSON.stringify(app.project.settings)));
  return {
    organisation: app.project.settings.organisation,
    settingsSha256: createHash('sha256').update(settings).digest('hex'),
    recipes: Object.fromEntries(app.sources.map(({ name, recipeId }) => [name, recipeId])),
    collectors: Object.fromEntries(app.sources.map(({ name, collector }) => [name, collector.name])),
    codebook: app.codebookVersion,
    annotators: JSON.parse(JSON.stringify(app.project.settings.annotate?.annotators ?? [])),
    policy: app.policyId,
    generator: `datasens ${version()}`,
    node: process.version,
    database: await serverVersion(tx),
  };
}
