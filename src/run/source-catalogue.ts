// What may be collected: every collector by its own schema, the licences, the files of the project.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Collector } from '../collect/collector.ts';
import { expandPaths } from '../collect/files.ts';
import { LICENCES } from '../govern/licences.ts';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Catalogue, CatalogueEntry, InputFile } from './desk.ts';

const INPUTS = 'inputs';
const FILES = 500;

/** The collectors and licences, in the order of their files and of the list. */
export function catalogueOf(collectors: ReadonlyMap<string, Collector>): Catalogue {
  return {
    collectors: [...collectors.values()].map(entryOf),
    licences: Object.entries(LICENCES).map(([id, { title, reuse }]) => ({ id, title, reuse })),
  };
}

function entryOf({ name, title, description, config, example, local }: Collector): CatalogueEntry {
  const { $schema: _, ...schema } = z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' });
  return {
    name,
    title,
    description,
    schema: schema as unknown as JsonObject,
    example: example as JsonObject,
    local: local !== undefined,
  };
}

/** Files below inputs/, by name; none where there is no such folder. Links that lead out of it are left aside. */
export async function listInputs(root: string): Promise<readonly InputFile[]> {
  try {
    const paths = await expandPaths(root, [INPUTS]);
    return paths.slice(0, FILES).flatMap((path) => {
      const found = statSync(join(root, path), { throwIfNoEntry: false });
      return found === undefined
        ? []
        : [{ path, sizeBytes: found.size, modifiedAt: new Date(found.mtimeMs).toISOString() }];
    });
  } catch (error) {
    if (error instanceof DataSensError && error.code === 'input-missing') return [];
    throw error;
  }
}
