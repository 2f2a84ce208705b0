// Files and folders of a project: tables, JSON, workbooks, Parquet, pages, as they are.

import type { Json } from '../../model/json.ts';
import { defineCollector } from '../collector.ts';
import { type FormatName, fileConfig } from '../file-config.ts';
import { collectFiles } from '../file-snapshot.ts';
import { FORMAT_READERS } from '../formats.ts';
import { type Mapping, remapColumns } from '../mapping.ts';

export default defineCollector({
  name: 'file',
  title: { fr: 'Fichiers', en: 'Files' },
  description: {
    fr: 'Lit des fichiers CSV, TSV, JSON, JSONL, XLSX, Parquet, texte, Markdown et HTML, seuls, par dossier ou par motif. Format, encodage, séparateur et colonnes sont trouvés quand ils ne sont pas dits.',
    en: 'Reads CSV, TSV, JSON, JSONL, XLSX, Parquet, text, Markdown and HTML files, alone, by folder or by pattern. Format, charset, delimiter and columns are found where they are not given.',
  },
  config: fileConfig,
  example: {
    path: 'inputs/consultation.csv',
    map: { text: 'contribution', date: 'depose_le', territory: 'code_postal' },
  },
  local: { config: (path) => ({ path }) },
  snapshots: 'replace',

  async *collect(config, effects) {
    for await (const events of collectFiles(config, effects)) yield* events;
  },

  read(bytes, opening, { map }) {
    // The context is what `collect` wrote; a format that this version does not know reads as text.
    const format = FORMAT_READERS[opening.context.format as FormatName] ?? FORMAT_READERS.text;
    const { mapping, columns } = opening.context;
    if (map === undefined || mapping === undefined || columns === undefined) return format.read(bytes, opening);
    const remapped = remapColumns(mapping as unknown as Mapping, map, columns as readonly string[]);
    return format.read(bytes, { ...opening, context: { ...opening.context, mapping: remapped as unknown as Json } });
  },
});
