// A row of the Global Knowledge Graph as an item. GDELT gives no article's text: its title, and what it quotes.

import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import { decodeBytes } from './charset.ts';
import { decodeEntities } from './feed-element.ts';
import {
  entriesOf,
  GKG_COLUMNS,
  type GkgColumn,
  type GkgPlace,
  type GkgTone,
  gkgCells,
  languageOf,
  placesOf,
  quotationsOf,
  themesOf,
  toneOf,
} from './gkg-row.ts';

/** Collections whose identifiers are addresses: 1 is the web; the others cite print, broadcast and archives. */
const WEB = '1';

/** Reads a row. Pure; never throws on any bytes. */
export function readGkgRow(bytes: Uint8Array): Item {
  const cells = gkgCells(bytes).map((cell) => decodeBytes(cell, 'utf-8'));
  const texts = cells.map(({ text }) => text);
  const replaced = cells.reduce((sum, cell) => sum + cell.replaced, 0);
  const column = (name: GkgColumn) => texts[GKG_COLUMNS.indexOf(name)] ?? '';
  const findings: Finding[] = [];
  if (replaced > 0) findings.push({ code: 'encoding-replaced', at: 'record', evidence: `${replaced} in utf-8` });
  if (texts.length !== GKG_COLUMNS.length) {
    const evidence = `${texts.length} cells for ${GKG_COLUMNS.length} columns`;
    findings.push({ code: 'row-ragged', at: 'record', evidence });
  }
  const extras = column('V2EXTRASXML');
  const translation = column('V2.1TRANSLATIONINFO');
  const title = extra(extras, 'PAGE_TITLE');
  // Quotations of a translated article are the machine's English, not what was said.
  const quotations = translation === '' ? quotationsOf(column('V2.1QUOTATIONS')) : [];
  const identifier = column('V2DOCUMENTIDENTIFIER');
  const facts = factsOf(column);
  return {
    id: column('GKGRECORDID') || null,
    title,
    text: [...(title === null ? [] : [title]), ...quotations].join('\n\n'),
    textFormat: 'plain',
    url: column('V2SOURCECOLLECTIONIDENTIFIER') === WEB && /^https?:\/\//i.test(identifier) ? identifier : null,
    authors: authorsOf(extra(extras, 'PAGE_AUTHORS')),
    publishedAt: instantOf(extra(extras, 'PAGE_PRECISEPUBTIMESTAMP') ?? '') ?? instantOf(column('V2.1DATE')),
    territory: null,
    fields: [...texts.map((text, at) => [GKG_COLUMNS[at] ?? `column ${at + 1}`, text] as const), ...facts.fields],
    findings,
    attributes: facts.attributes,
  };
}

/** What is worth comparing by, under plain names: some kept on every document, the rest where the settings map it. */
function factsOf(column: (name: GkgColumn) => string) {
  const tone = toneOf(column('V1.5TONE'));
  const mentioned = placesOf(column('V2ENHANCEDLOCATIONS'), 9);
  const places = mentioned.length > 0 ? mentioned : placesOf(column('V1LOCATIONS'), 7);
  const countries = [...new Set(places.map(({ adm1, country }) => adm1.slice(0, 2) || country))].sort();
  const attributes = {
    media: column('V2SOURCECOMMONNAME'),
    language: languageOf(column('V2.1TRANSLATIONINFO')),
    ...(tone === null ? {} : { tone: String(tone.tone) }),
    ...(countries.length === 0 ? {} : { countries: countries.join(' ') }),
  };
  const names = (one: GkgColumn) => entriesOf(column(one), ';').join('; ');
  const fields: (readonly [string, string])[] = [
    ...Object.entries(attributes),
    ...toneFields(tone),
    ['places', JSON.stringify(distinct(places))],
    ['themes', themesOf(column('V2ENHANCEDTHEMES'), column('V1THEMES')).join(' ')],
    ['organizations', names('V1ORGANIZATIONS')],
  ];
  return { attributes, fields };
}

function toneFields(tone: GkgTone | null): readonly (readonly [string, string])[] {
  if (tone === null) return [];
  const { tone: _kept, ...rest } = tone;
  return Object.entries(rest).map(([name, value]) => [name, String(value)] as const);
}

/** Each place once, however often it is mentioned. */
function distinct(places: readonly GkgPlace[]) {
  const once = new Map<string, Omit<GkgPlace, 'offset'> & { readonly mentions: number }>();
  for (const { offset: _offset, ...place } of places) {
    const key = `${place.feature}/${place.adm1}`;
    once.set(key, { ...place, ...once.get(key), mentions: (once.get(key)?.mentions ?? 0) + 1 });
  }
  return [...once.values()];
}

/** The words of an element of V2EXTRASXML; null where it is absent or empty. Some titles are encoded twice. */
function extra(xml: string, name: string): string | null {
  const open = xml.indexOf(`<${name}>`);
  const close = open < 0 ? -1 : xml.indexOf(`</${name}>`, open);
  if (close < 0) return null;
  const words = decodeEntities(decodeEntities(xml.slice(open + name.length + 2, close)));
  return words.replace(/\s+/g, ' ').trim() || null;
}

function authorsOf(names: string | null): readonly string[] {
  return entriesOf(names ?? '', ';')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** ISO 8601 of `YYYYMMDDHHMMSS`, which is UTC; null where it is no date. */
export function instantOf(stamp: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp.trim());
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return Number.isNaN(Date.parse(instant)) ? null : instant;
}
