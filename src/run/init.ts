// Makes a project that runs at once: settings with comments, a codebook, and the example's place for inputs.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { SETTINGS_FILE } from './project.ts';

const CODEBOOK = join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml');

/**
 * Writes a new project into `folder`.
 * @returns the files written. @throws refused where a project is there already
 */
export async function initialise(folder: string, organisation: string): Promise<readonly string[]> {
  if (existsSync(join(folder, SETTINGS_FILE))) {
    throw new DataSensError('refused', `${folder} holds a ${SETTINGS_FILE} already`, {
      remedy: 'edit it, or choose another folder',
    });
  }
  await mkdir(join(folder, 'grilles'), { recursive: true });
  await mkdir(join(folder, 'inputs'), { recursive: true });
  await copyFile(CODEBOOK, join(folder, 'grilles/barometre.yaml'));
  await writeFile(join(folder, '.gitignore'), '# base, clés et captures : jamais dans un dépôt\n.datasens/\n');
  await writeFile(join(folder, SETTINGS_FILE), settings(organisation), { flag: 'wx' });
  return [SETTINGS_FILE, 'grilles/barometre.yaml', '.gitignore', 'inputs/'];
}

function settings(organisation: string): string {
  return `# Réglages de DataSens. \`datasens check\` les relit ; \`datasens explain\` décrit chaque collecteur.
organisation: ${JSON.stringify(organisation)}

# Tout reste sur cette machine. En production : database: postgres://…, objects: s3://…
store: { database: embedded, objects: ./.datasens/objects }

# Aucun texte ne part vers un hôte qui n'est pas nommé ici.
sovereignty: { textMayGoTo: [] }

sources:
  # Une source ne démarre pas sans licence, finalité, base légale et durée de conservation.
  contributions:
    collector: file
    with: { path: inputs }
    licence: lov2
    purpose: à compléter (finalité du traitement)
    legalBasis: mission d'intérêt public
    retention: 3 years

annotate:
  codebook: grilles/barometre.yaml
  annotators: [lexical]

publish:
  opinion: { formats: [parquet, csv] }
`;
}
