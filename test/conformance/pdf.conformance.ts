// PDF to text: a manual beside the text it was published with, and files of two readers' test suites, none of which may
// bring the reader down.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPdfReader, type PdfReader } from '../../src/collect/pdf-reader.ts';
import { documentText } from '../../src/collect/pdf-text.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

/** Token F1 from which an extraction counts as right. */
const RIGHT = 0.97;
const LIMITS = { maximumPages: 5000, timeoutMs: 60_000 };
const verbose = process.argv.includes('--verbose');

const conformance: Conformance = async (data) => {
  const reader = openPdfReader();
  return [
    await manual(join(data, 'pdf/debian-faq-fr/debian-faq.fr'), reader),
    await survival('pdf.js files', join(data, 'pdf/pdfjs'), reader),
    await survival('py-pdf files', join(data, 'pdf/py-pdf'), reader),
  ];
};
export default conformance;

async function manual(path: string, reader: PdfReader): Promise<ConformanceLine> {
  const name = 'pdf: French manual, token F1 ≥ 0.97';
  const expected = tokensOf(readFileSync(`${path}.txt`, 'utf8'));
  const bytes = readFileSync(`${path}.pdf`);
  const started = performance.now();
  const reading = await reader.read(bytes, LIMITS);
  if (reading.kind === 'failure') return { name, passed: 0, total: 1, figure: reading.failure };
  const { pages } = reading.content;
  const found = tokensOf(documentText(pages));
  const seconds = (performance.now() - started) / 1000;
  const shared = sharedTokens(found, expected);
  const score = (2 * shared) / (found.length + expected.length);
  const rate = `precision ${percent(shared / found.length)}, recall ${percent(shared / expected.length)}`;
  const figure = `F1 ${score.toFixed(4)}; ${rate}; ${pages.length} pages, ${(pages.length / seconds).toFixed(0)} pages/s`;
  return { name, passed: score >= RIGHT ? 1 : 0, total: 1, figure };
}

/** Counts files that end in a text, or in a reason why there is none. */
async function survival(from: string, folder: string, reader: PdfReader): Promise<ConformanceLine> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.pdf'));
  const outcomes = { read: 0, password: 0, failed: 0 };
  for (const file of files) {
    const reading = await reader.read(readFileSync(join(folder, file)), LIMITS);
    const words = reading.kind === 'content' ? tokensOf(documentText(reading.content.pages)).length : 0;
    if (verbose) process.stderr.write(`${file} ${reading.kind === 'content' ? `${words} words` : reading.failure}\n`);
    if (words > 0) outcomes.read += 1;
    else if (reading.kind === 'failure' && reading.failure === 'password') outcomes.password += 1;
    else outcomes.failed += 1;
  }
  return {
    name: `pdf: ${from}, read or refused`,
    passed: outcomes.read + outcomes.password,
    total: files.length,
    figure: `${outcomes.read} read, ${outcomes.password} refused for their password`,
  };
}

function tokensOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function sharedTokens(found: readonly string[], expected: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const token of found) counts.set(token, (counts.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of expected) {
    const count = counts.get(token) ?? 0;
    if (count > 0) shared += 1;
    counts.set(token, count - 1);
  }
  return shared;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
