// The Reader of a real project: the store for documents and runs, the release's own files for figures.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { queryBarometer } from '../decide/barometer.ts';
import type { Codebook } from '../model/codebook.ts';
import type { DocumentId, ReleaseId } from '../model/identity.ts';
import { canonicalJson, type JsonObject } from '../model/json.ts';
import type { Release } from '../model/release.ts';
import type { Tx } from '../store/database.ts';
import { readDocumentPage, type StoredDocument } from '../store/document-page.ts';
import { latestRelease, listReleases, readRelease, type StoredRelease } from '../store/releases.ts';
import { type Facets, readFacets, searchDocuments } from '../store/search.ts';
import { latestCodebook } from '../store/sources.ts';
import type { App } from './app.ts';
import { openContextReader } from './context-reader.ts';
import { openCopiesReader } from './copies-reader.ts';
import { describePlaces, describeTerritory } from './document-places.ts';
import { openDuckDb } from './duckdb.ts';
import { readJourney, summaryOf } from './journey-reader.ts';
import {
  type CodebookTitles,
  type DocumentPage,
  FACETS,
  type Reader,
  type ReleaseContent,
  type ReleaseDetail,
  type SearchAnswer,
  type SearchQuery,
} from './reader.ts';
import { localRelease } from './release-folder.ts';
import { openRunReader } from './run-reader.ts';

const RELEASES = 100;

/** Reads the project that `app` is open on; it lives as long as the app does. */
export async function openStoreReader(app: App): Promise<Reader> {
  const { database } = app;
  const barometerOf = async (release: Release, ...[filter, counting, by]: Parameters<Reader['barometer']>) =>
    queryBarometer({ ...release, folder: await localRelease(app, release) }, { filter, counting, by }, { openDuckDb });
  const isProvisional = async (release: StoredRelease) => (await barometerOf(release, {}, 'raw', [])).provisional;
  return {
    ...openRunReader(database),
    ...openCopiesReader(database),
    ...openContextReader(app),
    journey: () => readJourney(app, isProvisional),
    async barometer(filter, counting, by) {
      const release = await database.transaction((tx) => latestRelease(tx));
      return release === null ? null : barometerOf(release, filter, counting, by);
    },
    search: (query) => database.transaction((tx) => search(app, tx, query)),
    async document(id) {
      const document = await database.transaction((tx) => readDocumentPage(tx, id as DocumentId));
      return document === null ? null : pageOf(document);
    },
    async codebook() {
      const codebook = await database.transaction((tx) => latestCodebook(tx));
      return codebook === null ? null : titlesOf(codebook.version, codebook.body as unknown as Codebook);
    },
    async releases() {
      const releases = await database.transaction((tx) => listReleases(tx, { limit: RELEASES }));
      return releases.map((release): ReleaseDetail => ({ ...summaryOf(release), manifest: release.manifest }));
    },
    async releaseFile(id, path) {
      const release = await database.transaction((tx) => readRelease(tx, id as ReleaseId));
      return release === null ? null : contentOf(release, path, () => localRelease(app, release));
    },
  };
}

/** A facet counts what its other values would give: the filter on itself is left out of its own counts. */
async function search(app: App, tx: Tx, query: SearchQuery): Promise<SearchAnswer> {
  const { duplicates, ...given } = query;
  const page = { ...given, recipes: app.recipes, fold: duplicates === 'fold' };
  const { items, nextCursor } = await searchDocuments(tx, page);
  const { total, facets } = await readFacets(tx, page);
  const widened: Partial<Record<keyof Facets['facets'], SearchAnswer['facets']['theme']>> = {};
  for (const facet of FACETS.filter((name) => page[name] !== null)) {
    widened[facet] = (await readFacets(tx, { ...page, [facet]: null })).facets[facet];
  }
  return { total, items, nextCursor, facets: { ...facets, ...widened } };
}

function pageOf(document: StoredDocument): DocumentPage {
  const { settings, snapshot, record, ordinal, key, encoding, recipe, territory, places, cluster, model, ...rest } =
    document;
  return {
    ...rest,
    territory: describeTerritory(territory),
    places: describePlaces(places),
    cluster: cluster && { id: `near-${cluster.document}`, ...cluster },
    model: model && { id: `partial-${model.document}`, documents: model.documents, share: model.share },
    provenance: {
      snapshot,
      record,
      ordinal,
      key,
      encoding,
      recipe: { id: recipe.id, body: canonicalJson(recipe.body) },
    },
    licence: textOf(settings, 'licence'),
    legalBasis: textOf(settings, 'legalBasis'),
    purpose: textOf(settings, 'purpose'),
    retention: textOf(settings, 'retention'),
  };
}

function textOf(settings: JsonObject, name: string): string {
  const value = settings[name];
  return typeof value === 'string' ? value : '';
}

function titlesOf(version: string, codebook: Codebook): CodebookTitles {
  return {
    version,
    tasks: codebook.tasks.map(({ id, title, none, categories }) => ({
      id,
      title,
      none,
      categories: categories.map((category) => ({ id: category.id, title: category.title })),
    })),
  };
}

/** Paths are compared with the manifest's, never joined from what a reader wrote. */
async function contentOf(
  release: Release,
  path: string,
  folderOf: () => Promise<string>,
): Promise<ReleaseContent | null> {
  const manifest = { path: 'manifest.json', sha256: release.id, mediaType: 'application/json' };
  const file = [...release.manifest.files, manifest].find((candidate) => candidate.path === path);
  if (file === undefined) return null;
  const target = join(await folderOf(), file.path);
  const { size } = await stat(target);
  return { mediaType: file.mediaType, sizeBytes: size, sha256: file.sha256, body: createReadStream(target) };
}
