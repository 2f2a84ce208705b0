// Texts marked by hand outside a project, one a line as JSON. They are learned from and never stored: names in them are whole.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { MarkedText } from '../annotate/student/sequence-training.ts';
import { DataSensError } from '../model/error.ts';

const span = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(1),
  label: z.string().min(1),
  /** Where they are given they must be those at that place: who counts characters otherwise is told. */
  words: z.string().optional(),
});
const lineSchema = z.strictObject({
  text: z.string().min(1).max(200_000),
  spans: z.array(span).max(20_000),
  group: z.string().min(1).max(200).optional(),
});

/** Lines that are held out together where the file names no groups: neighbours often come from one page. */
const BLOCK = 20;

interface Reading {
  readonly labels: readonly string[];
  /** Keyed hash: the same text has the same id in another file, and nobody can guess it from the id. */
  readonly hmac: (text: string) => string;
}

/**
 * The marked texts of a file, in its order; a text given twice is read once.
 * @throws input-missing, input-unreadable naming the line, never its words
 */
export async function* readMarkedFile(path: string, { labels, hmac }: Reading): AsyncIterable<MarkedText> {
  const known = new Set(labels);
  const seen = new Set<string>();
  let at = 0;
  for await (const line of linesOf(path)) {
    at += 1;
    if (line.trim() === '') continue;
    const { text, spans, group } = parseLine(line, at);
    for (const { start, end, label, words } of spans) {
      if (!known.has(label)) throw wrong(at, `a label is none of the task's: ${labels.join(', ')}`);
      if (start >= end || end > text.length) throw wrong(at, 'a span is not in the text');
      if (words !== undefined && text.slice(start, end) !== words) {
        throw wrong(at, 'the words of a span are not those at its place; positions count UTF-16 units from 0');
      }
    }
    const id = `text:${hmac(text)}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const key = group === undefined ? `lines ${Math.floor((at - 1) / BLOCK)}` : `group ${group}`;
    yield { id, text, spans: spans.map(({ start, end, label }) => ({ start, end, label })), keys: [key], person: true };
  }
}

async function* linesOf(path: string): AsyncIterable<string> {
  const input = createReadStream(path, { encoding: 'utf8' });
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new DataSensError('input-missing', `the file of marked texts cannot be read: ${path}`, {
      cause,
      remedy: 'correct the path after `--from`',
    });
  }
}

function parseLine(line: string, at: number): z.infer<typeof lineSchema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw wrong(at, 'it is not JSON');
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(at, `${issue!.path.join('.') || 'the line'} is not as it must be`);
}

function wrong(at: number, what: string): DataSensError {
  return new DataSensError('input-unreadable', `line ${at} of the marked texts: ${what}`, {
    remedy: 'write each line as {"text": "…", "spans": [{"start": 0, "end": 4, "label": "…"}]}',
  });
}
