// Which format a file is in, by its name and its first bytes.

import { extname } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { decodeBytes, detectCharset } from './charset.ts';
import { detectDialect } from './dialect.ts';
import type { FormatName } from './file-config.ts';
import type { FileSource } from './file-source.ts';

const BY_EXTENSION: Readonly<Record<string, FormatName>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.json': 'json',
  '.geojson': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
};

const SIGNATURES: readonly (readonly [signature: string, name: string])[] = [
  ['%PDF-', 'PDF'],
  ['\u0089PNG', 'an image'],
  ['\u00ff\u00d8\u00ff', 'an image'],
  ['GIF8', 'an image'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Office document (.xls, .doc)'],
  ['{\\rtf', 'RTF'],
  ['7z\u00bc\u00af', 'a 7z archive'],
  ['Rar!', 'a RAR archive'],
  ['\u007fELF', 'a program'],
  ['SQLite format 3', 'an SQLite database'],
  ['<?xml', 'XML'],
];

/** Rows of a `.txt` that must agree before it is read as a table. */
const TABLE_ROWS = 5;

/** True for a ZIP archive, workbooks included. */
export function isZip(head: Buffer): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

/**
 * Guesses the format of a file that is no ZIP archive.
 * @throws input-unsupported where there is no reader for it, input-unreadable where it is not what its name says
 */
export function guessFormat(source: FileSource): FormatName {
  const { head, location } = source;
  const named = BY_EXTENSION[extname(source.name).toLowerCase()];
  const start = head.subarray(0, 16).toString('latin1');
  if (start.startsWith('PAR1')) return 'parquet';
  if (named === 'parquet' || named === 'xlsx') {
    throw new DataSensError('input-unreadable', `${location} is named as ${named} and is not`);
  }
  const signature = SIGNATURES.find(([bytes]) => start.startsWith(bytes));
  if (signature && named !== 'html') {
    const isPdf = signature[1] === 'PDF';
    throw new DataSensError('input-unsupported', `${location} is ${signature[1]}, which has no reader here`, {
      remedy: isPdf ? 'read it with the `pdf` collector' : 'export it as CSV, JSON, XLSX, text or HTML',
    });
  }
  if (named !== undefined) return named === 'jsonl' && opensList(head) ? 'json' : named;
  return guessText(source);
}

/** A list that spans lines was named as lines. */
function opensList(head: Buffer): boolean {
  const first = head.subarray(0, 4096).toString('latin1').trimStart();
  return /^\[\s*(?:\n|$)/.test(first);
}

function guessText({ head, location, whole }: FileSource): FormatName {
  const { charset, bomLength } = detectCharset(head);
  const body = head.subarray(bomLength);
  const { text } = decodeBytes(body.subarray(0, 65_536), charset);
  if (isBinary(text)) {
    throw new DataSensError('input-unsupported', `${location} is not text, and no reader knows it`, {
      remedy: 'name its `format` in the settings, or export it as CSV, JSON, XLSX, text or HTML',
    });
  }
  const trimmed = text.trimStart();
  if (/^<(?:!doctype html|html|head|body)\b/i.test(trimmed)) return 'html';
  if (/^[[{]/.test(trimmed) && looksLikeJson(trimmed)) return 'json';
  const { dialect, rows, regularity } = detectDialect(body, { charset, whole });
  const full = rows.filter((row) => row.length > 1);
  const isTable = dialect.delimiter !== '' && dialect.delimiter !== ',' && regularity >= 0.95;
  return isTable && full.length >= TABLE_ROWS ? 'csv' : 'text';
}

function looksLikeJson(text: string): boolean {
  return /^(?:\{\s*(?:"|\})|\[\s*(?:[[{"\]]|-?\d|true|false|null))/.test(text);
}

/** Control characters that no text holds, one in a hundred or more. */
function isBinary(text: string): boolean {
  const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0;
  return controls * 100 > text.length;
}
