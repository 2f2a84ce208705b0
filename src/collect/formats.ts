// Every format a file can be in.

import type { FormatName } from './file-config.ts';
import type { Format } from './format.ts';
import { rowsFormat } from './formats/csv.ts';
import { documentFormat } from './formats/document.ts';
import { json } from './formats/json.ts';
import { jsonLines } from './formats/jsonl.ts';
import { parquet } from './formats/parquet.ts';
import { xlsx } from './formats/xlsx.ts';

export const FORMAT_READERS: Readonly<Record<FormatName, Format>> = {
  csv: rowsFormat('csv'),
  tsv: rowsFormat('tsv'),
  json,
  jsonl: jsonLines,
  parquet,
  xlsx,
  text: documentFormat('text'),
  markdown: documentFormat('markdown'),
  html: documentFormat('html'),
};
