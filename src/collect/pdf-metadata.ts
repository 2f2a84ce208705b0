// What a PDF says of itself, where it is worth believing: many titles are the name of the file it was made from.

import type { PdfInfo, PdfPage } from './pdf-content.ts';
import { median, rowsOf, textOf } from './pdf-rows.ts';

const LONGEST = 300;
const NO_TITLE =
  /^(?:untitled|sans[ -]titre|sans nom|document\s?\d*|présentation powerpoint|powerpoint presentation|diapositive \d+|microsoft (?:word|powerpoint|excel)\b.*|.*\.(?:docx?|xlsx?|pptx?|odt|odp|indd|qxp|qxd|tex|dvi|pdf|rtf|pub|ai|eps|txt|html?))$/i;
const NO_AUTHOR =
  /^(?:admin\w*|administrat\w+|user\w*|utilisateur\w*|propri[ée]taire|owner|unknown|inconnu|auteur|author|microsoft office user|pc\w*|hp|dell|lenovo|acer|asus|poste\w*)$/i;
/** A title is written this much larger than the body. */
const TITLE_SIZE = 1.3;
const TITLE_ROWS = 4;

/** The title it declares, else the largest words of its first page; null where neither looks like one. */
export function titleOf(info: PdfInfo, pages: readonly PdfPage[]): string | null {
  const declared = plain(info.title);
  return declared !== null && isWorded(declared) && !NO_TITLE.test(declared) ? declared : largestWords(pages);
}

/** The authors it declares, unless they are the name of a machine or of a role. */
export function authorsOf(info: PdfInfo): readonly string[] {
  const declared = plain(info.author);
  if (declared === null) return [];
  const names = declared.split(/\s*[;\n]\s*/).filter((name) => isWorded(name) && !NO_AUTHOR.test(name));
  return names.slice(0, 20);
}

/** When it was made, ISO 8601; null where it is not said, or said wrong. `D:` dates are ISO 32000-1, 7.9.4. */
export function createdOf({ created }: PdfInfo): string | null {
  const parts = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?/.exec(created ?? '');
  if (parts === null) return null;
  const [, year, month, day, hour, minute = '00', second = '00', , zone, zoneMinutes = '00'] = parts;
  // Before 1990 there was no PDF: a clock that was never set.
  if (Number(year) < 1990 || month === undefined || day === undefined) return null;
  const date = `${year}-${month}-${day}`;
  const at = hour === undefined ? date : `${date}T${hour}:${minute}:${second}${zone ? `${zone}:${zoneMinutes}` : 'Z'}`;
  return Number.isNaN(Date.parse(at)) ? null : at;
}

function largestWords([first]: readonly PdfPage[]): string | null {
  const rows = first?.sheets[0] ? rowsOf(first.sheets[0].segments) : [];
  const largest = rows.reduce((size, row) => (row.size > size && isWorded(textOf(row)) ? row.size : size), 0);
  if (rows.length < 2 || largest < TITLE_SIZE * median(rows.map(({ size }) => size))) return null;
  const start = rows.findIndex(({ size }) => size >= largest * 0.95);
  const length = rows.slice(start).findIndex(({ size }) => size < largest * 0.95);
  const title = rows.slice(start, length < 0 ? undefined : start + length);
  if (title.length > TITLE_ROWS) return null;
  const text = plain(title.map(textOf).join(' '));
  return text !== null && text.length <= LONGEST && isWorded(text) ? text : null;
}

function plain(value: string | null): string | null {
  const text = (value ?? '')
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .slice(0, LONGEST);
  return text === '' ? null : text;
}

/** True where there are words rather than signs and numbers. */
function isWorded(text: string): boolean {
  return (text.match(/\p{L}/gu)?.length ?? 0) >= 3 && !text.includes('\ufffd');
}
