// A CSV of synthetic French contributions of about 600 characters, for measurements: windows-1252, semicolons, some copies.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { compose } from '../examples/concertation/fabrique/writing.ts';

const LENGTH = 600;
const THEMES = Object.keys(PHRASES);
const TONES = ['negatif', 'neutre', 'positif'] as const;

/** Writes `rows` contributions; 2 % are word-for-word copies of an earlier one, 1 % carry a mail address or a phone. */
export async function writeCorpusCsv(path: string, rows: number): Promise<void> {
  const random = seeded(rows);
  const file = createWriteStream(path);
  let earlier = '';
  file.write('id;depose_le;code_postal;contribution\r\n');
  for (let row = 0; row < rows; row += 1) {
    const [name, postcode] = random.pick(COMMUNES);
    let text = random.chance(0.02) && earlier !== '' ? earlier : longText({ name, postcode }, random, row);
    if (random.chance(0.05)) earlier = text;
    if (random.chance(0.01))
      text += ` Contact : citoyen${row}@example.fr ou 06 39 98 ${String(row % 100).padStart(2, '0')} 12.`;
    const day = `${String(1 + (row % 28)).padStart(2, '0')}/${String(1 + (row % 6)).padStart(2, '0')}/2026`;
    const line = `${row};${day};${postcode};"${text.replaceAll('"', '""')}"\r\n`;
    if (!file.write(Buffer.from(line, 'latin1'))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/** Every word of the phrases: texts of strangers share words, seldom three in a row. */
const VOCABULARY = [
  ...new Set(
    Object.values(PHRASES)
      .flatMap((tones) => Object.values(tones).flat())
      .flatMap((phrase) => phrase.match(/\p{L}{3,}/gu) ?? []),
  ),
];

export function longText(
  place: { readonly name: string; readonly postcode: string },
  random: ReturnType<typeof seeded>,
  row: number,
): string {
  let text = '';
  while (text.length < LENGTH) {
    const sentence = compose(random.pick(THEMES), random.pick(TONES), place, random);
    text += `${sentence.replace(/\p{L}{3,}/gu, (word) => (random.chance(0.4) ? random.pick(VOCABULARY) : word))} `;
  }
  return `${text.slice(0, LENGTH)} (dossier ${row * 7919})`.replace(/[^\u0000-\u00ff]/g, "'");
}
