// PDF files, of the project or at an address: text in reading order, one document per file or per page.

import { z } from 'zod';
import { DataSensError } from '../../model/error.ts';
import type { Item } from '../../model/item.ts';
import { type CollectEffects, type Collected, defineCollector } from '../collector.ts';
import { placeRefusal } from '../download.ts';
import { expandPaths } from '../files.ts';
import { plainItem } from '../item-fields.ts';
import type { PdfFailure } from '../pdf-content.ts';
import { type PdfTexts, pdfItem, textsOf } from '../pdf-item.ts';
import { fetchPdf, type PdfPlace, placeOf, stateKey } from '../pdf-place.ts';
import { openPdfReader } from '../pdf-reader.ts';

const config = z.strictObject({
  path: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .describe('files, folders and patterns (*, **, ?) of the project, or addresses (https://…)'),
  by: z.enum(['document', 'page']).default('document').describe('one document per file, or one per page'),
  maximumBytes: z
    .int()
    .min(1)
    .max(256 * 2 ** 20)
    .default(64 * 2 ** 20)
    .describe('largest file read, in bytes'),
  maximumPages: z.int().min(1).max(10_000).default(2000).describe('pages read of one file, at most'),
  timeoutSeconds: z.int().min(1).max(3600).default(120).describe('longest reading of one file, in seconds'),
});
type Config = z.infer<typeof config>;

/** Raised by hand when the same file would give other records than before. */
const READER_VERSION = 1;

interface Unread {
  readonly failure: PdfFailure;
}

const reader = openPdfReader();
/** What was read of bytes, for as long as somebody holds them: the pages of one file are asked for one after the other. */
const readings = new WeakMap<Uint8Array, { readonly limits: string; readonly texts: Promise<PdfTexts | Unread> }>();

export default defineCollector<Config, Promise<Item>>({
  name: 'pdf',
  title: { fr: 'Documents PDF', en: 'PDF documents' },
  description: {
    fr: 'Lit le texte des PDF dans l’ordre de lecture : colonnes, mots coupés recollés, en-têtes et pieds de page ôtés, tableaux en lignes. Une page numérisée est signalée, pas devinée.',
    en: 'Reads the text of PDFs in reading order: columns, broken words joined, running heads and footers dropped, tables as rows. A scanned page is pointed out, not guessed.',
  },
  config,
  example: { path: 'inputs/comptes-rendus/*.pdf', by: 'document' },
  snapshots: 'replace',
  local: {
    config: (path) => ({ path }),
    claims: (name, head) => /\.pdf$/i.test(name) || head.startsWith('%PDF-'),
  },
  reading: ({ by, maximumPages }) => ({ by, maximumPages }),

  async *collect(settings, effects) {
    const done = new Set<string>();
    for (const pattern of typeof settings.path === 'string' ? [settings.path] : settings.path) {
      effects.signal.throwIfAborted();
      try {
        for (const place of await placesOf(pattern, effects.root)) {
          if (done.has(place.location)) continue;
          done.add(place.location);
          yield* collectPdf(place, settings, effects);
        }
      } catch (error) {
        effects.signal.throwIfAborted();
        yield placeRefusal(error, pattern);
      }
    }
  },

  async read(bytes, { location, key }, { maximumPages, timeoutSeconds }) {
    const texts = await textsIn(bytes, { maximumPages, timeoutMs: timeoutSeconds * 1000 });
    if ('failure' in texts) return emptyItem(texts.failure);
    const page = /^page-(\d{1,5})$/.exec(key ?? '')?.[1];
    return pdfItem(texts, page === undefined ? null : Number(page), /^https?:/i.test(location) ? location : null);
  },
});

/** Of a folder or a pattern, the files named as PDF; a file that is named itself, whatever its name. */
async function placesOf(pattern: string, root: string): Promise<readonly PdfPlace[]> {
  if (/^https?:\/\//i.test(pattern)) return [placeOf(pattern, root)];
  const paths = await expandPaths(root, [pattern]);
  const wanted = paths.filter((path) => path === pattern || /\.pdf$/i.test(path));
  if (wanted.length > 0) return wanted.map((path) => placeOf(path, root));
  throw new DataSensError('input-missing', `\`${pattern}\` holds no PDF`, {
    remedy: 'correct the path, or read it with the `file` collector',
  });
}

async function* collectPdf(place: PdfPlace, settings: Config, effects: CollectEffects): AsyncIterable<Collected> {
  const { location } = place;
  const { by, maximumBytes, maximumPages, timeoutSeconds } = settings;
  effects.signal.throwIfAborted();
  try {
    const reading = JSON.stringify([READER_VERSION, by, maximumPages]);
    const file = await fetchPdf(place, { maximumBytes, reading }, effects);
    if (file === null) return;
    const state = { key: stateKey(location), value: file.remembered };
    if (file.known) {
      yield { kind: 'state', ...state };
      return;
    }
    const { bytes, sha256, headers } = file;
    const limits = { maximumPages: 0, timeoutMs: timeoutSeconds * 1000, signal: effects.signal };
    const head = await reader.read(bytes, limits);
    if (head.kind === 'failure') throw failureOf(head.failure, location, timeoutSeconds);
    const { pageCount } = head.content;
    const fetchedAt = effects.clock().toISOString();
    const opening = { location, fetchedAt, mediaType: 'application/pdf', charset: null, headers, context: {} };
    yield { kind: 'opening', opening };
    const pages = by === 'page' ? Math.min(pageCount, maximumPages) : 0;
    if (by === 'document') yield { kind: 'record', bytes, key: null };
    for (let page = 1; page <= pages; page += 1) {
      // Each page is a part of the one record: documents keep their page when fewer or more are read.
      yield { kind: 'record', bytes, key: `page-${page}`, part: `page-${page}` };
    }
    if (by === 'page' && pages < pageCount) {
      const message = `${location} has ${pageCount} pages, more than are read (maximumPages)`;
      yield { kind: 'refusal', location, at: `page ${pages + 1}`, code: 'input-too-large', message };
    }
    yield { kind: 'closing', sha256, sizeBytes: bytes.byteLength, state };
  } catch (error) {
    effects.signal.throwIfAborted();
    yield placeRefusal(error, location);
  }
}

function failureOf(failure: PdfFailure, location: string, timeoutSeconds: number): DataSensError {
  switch (failure) {
    case 'password':
      return new DataSensError('input-unreadable', `${location} is protected by a password`, {
        remedy: 'save it without its password, or ask its author for a copy that has none',
      });
    case 'time':
      return new DataSensError('input-too-large', `${location} took more than ${timeoutSeconds} s (timeoutSeconds)`, {
        remedy: 'raise timeoutSeconds if it is a PDF that a viewer opens',
      });
    case 'memory':
      return new DataSensError('input-too-large', `${location} unpacks beyond reason (memory)`, {
        remedy: 'print it anew from a viewer if it is what it should be',
      });
    case 'unreadable':
      return new DataSensError('input-unreadable', `${location} is not a whole PDF`, {
        remedy: 'fetch it again, or print it anew from the program that made it',
      });
    default:
      return failure satisfies never;
  }
}

function emptyItem(failure: PdfFailure): Item {
  const stopped = failure === 'time' || failure === 'memory';
  const findings = stopped ? [{ code: 'text-truncated', at: 'text', evidence: failure } as const] : [];
  return { ...plainItem('', findings), textFormat: 'plain' };
}

/** The texts of a PDF, or why there are none. */
function textsIn(
  bytes: Uint8Array,
  limits: { readonly maximumPages: number; readonly timeoutMs: number },
): Promise<PdfTexts | Unread> {
  // A reader accepts anything before the mark within the first kilobyte (ISO 32000-1, annex H).
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-')) {
    return Promise.resolve({ failure: 'unreadable' });
  }
  const spelled = JSON.stringify(limits);
  const known = readings.get(bytes);
  if (known?.limits === spelled) return known.texts;
  const texts = reader
    .read(bytes, limits)
    .then((reading) => (reading.kind === 'content' ? textsOf(reading.content) : reading));
  readings.set(bytes, { limits: spelled, texts });
  return texts;
}
