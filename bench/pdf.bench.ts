// Pages of PDF a second, from bytes to text: a report of two columns with running heads, made here.

import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { type Random, seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { compose } from '../examples/concertation/fabrique/writing.ts';
import { openPdfReader } from '../src/collect/pdf-reader.ts';
import { documentText } from '../src/collect/pdf-text.ts';
import { linesOf, makePdf, type PdfPageSpec } from '../test/pdf-file.ts';
import { report } from './report.ts';

const PAGES = 300;
const COLUMN_LETTERS = 48;
const COLUMN_LINES = 52;
const ROUNDS = 3;

const random = seeded(7);
const bytes = makePdf({ pages: Array.from({ length: PAGES }, (_, at) => pageOf(at + 1, random)) });
const reader = openPdfReader();
const limits = { maximumPages: PAGES, timeoutMs: 600_000 };
// The thread starts and PDF.js compiles with the first reading.
await reader.read(bytes, limits);

let letters = 0;
const started = performance.now();
for (let round = 0; round < ROUNDS; round += 1) {
  const reading = await reader.read(bytes, limits);
  if (reading.kind === 'content') letters += documentText(reading.content.pages).length;
}
const seconds = (performance.now() - started) / 1000;
report({ name: 'pdf.read', value: (ROUNDS * PAGES) / seconds, unit: 'pages/s', n: ROUNDS * PAGES });
report({ name: 'pdf.read.letters', value: letters / seconds, unit: 'letters/s', n: letters });

function pageOf(number: number, source: Random): PdfPageSpec {
  return {
    words: [
      { text: 'Bilan de la concertation fictive', x: 60, y: 40, size: 9 },
      ...linesOf(columnOf(source), { x: 60, y: 90 }),
      ...linesOf(columnOf(source), { x: 315, y: 90 }),
      { text: String(number), x: 295, y: 800, size: 9 },
    ],
  };
}

function columnOf(source: Random): readonly string[] {
  const lines: string[] = [];
  let line = '';
  while (lines.length < COLUMN_LINES) {
    const [name, postcode] = source.pick(COMMUNES);
    const text = compose(source.pick(Object.keys(PHRASES)), 'neutre', { name, postcode }, source);
    for (const word of text.split(/\s+/)) {
      if (line.length + word.length >= COLUMN_LETTERS) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
  }
  return lines.slice(0, COLUMN_LINES);
}
