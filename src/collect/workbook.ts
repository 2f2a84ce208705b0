// What a workbook says of itself: its sheets, the strings that cells share, which styles are dates (ECMA-376).

import { Parser } from 'htmlparser2';
import { DataSensError } from '../model/error.ts';
import type { ZipArchive } from './zip-archive.ts';

export interface Sheet {
  readonly name: string;
  /** Member of the archive that holds its cells. */
  readonly member: string;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly strings: readonly string[];
  readonly styles: readonly CellStyle[];
  /** True where serial numbers count from 1904. */
  readonly from1904: boolean;
}

/** How a number is shown: as a date, with leading zeros up to so many digits, or as it is. */
export type CellStyle =
  | { readonly kind: 'date' }
  | { readonly kind: 'zeros'; readonly digits: number }
  | { readonly kind: 'plain' };

/** Shared strings stay in memory while their workbook is read. */
const MAXIMUM_STRING_LENGTH = 256 * 2 ** 20;

/** Reads everything but the cells. @throws input-unreadable, input-too-large */
export async function readWorkbook(archive: ZipArchive, location: string): Promise<Workbook> {
  const { listed, from1904 } = await readSheets(archive);
  const targets = await readTargets(archive);
  const sheets = listed.flatMap(({ name, relation }) => {
    const target = targets.get(relation);
    if (target === undefined) return [];
    const member = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    return archive.names.includes(member) ? [{ name, member }] : [];
  });
  if (sheets.length === 0) throw new DataSensError('input-unreadable', `${location} is a workbook without sheets`);
  return { sheets, strings: await readStrings(archive, location), styles: await readStyles(archive), from1904 };
}

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Feeds a member of the archive to a handler, chunk by chunk; nothing where the archive has no such member. */
export async function* parseXml(archive: ZipArchive, member: string, handler: XmlHandler): AsyncIterable<void> {
  if (!archive.names.includes(member)) return;
  const decoder = new TextDecoder();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handler.open?.(localName(name), attributes),
      ontext: (text) => handler.text?.(text),
      onclosetag: (name) => handler.close?.(localName(name)),
    },
    { xmlMode: true },
  );
  for await (const chunk of archive.chunks(member)) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.end(decoder.decode());
  yield;
}

async function parseAll(archive: ZipArchive, member: string, handler: XmlHandler): Promise<void> {
  for await (const _ of parseXml(archive, member, handler));
}

async function readSheets(archive: ZipArchive) {
  const listed: { readonly name: string; readonly relation: string }[] = [];
  let from1904 = false;
  await parseAll(archive, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => localName(key) === 'id' && key !== 'id')?.[1] ?? '';
      listed.push({ name: attributes.name ?? '', relation });
    },
  });
  return { listed, from1904 };
}

async function readTargets(archive: ZipArchive): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  await parseAll(archive, 'xl/_rels/workbook.xml.rels', {
    open(name, { Id: id, Target: target }) {
      if (name === 'Relationship' && id !== undefined && target !== undefined) targets.set(id, target);
    },
  });
  return targets;
}

async function readStrings(archive: ZipArchive, location: string): Promise<readonly string[]> {
  const strings: string[] = [];
  const reader = stringReader();
  let length = 0;
  await parseAll(archive, 'xl/sharedStrings.xml', {
    ...reader,
    close(name) {
      reader.close(name);
      if (name !== 'si') return;
      const text = reader.take();
      length += text.length;
      if (length > MAXIMUM_STRING_LENGTH) {
        throw new DataSensError('input-too-large', `${location} shares too much text (${MAXIMUM_STRING_LENGTH})`);
      }
      strings.push(text);
    },
  });
  return strings;
}

/** Gathers the text of <t> elements, those of phonetic hints left aside. */
export function stringReader() {
  let text = '';
  let inText = false;
  let hints = 0;
  return {
    open(name: string): void {
      if (name === 'rPh') hints += 1;
      if (name === 't') inText = hints === 0;
    },
    text(piece: string): void {
      if (inText) text += piece;
    },
    close(name: string): void {
      if (name === 'rPh') hints -= 1;
      if (name === 't') inText = false;
    },
    take(): string {
      // Characters that XML cannot hold are written _xHHHH_ (ECMA-376, ST_Xstring).
      const taken = text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
      text = '';
      return taken;
    },
  };
}

async function readStyles(archive: ZipArchive): Promise<readonly CellStyle[]> {
  const codes = new Map<number, string>();
  const styles: CellStyle[] = [];
  let inCells = false;
  await parseAll(archive, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) styles.push(styleOf(Number(attributes.numFmtId ?? 0), codes));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

function styleOf(id: number, codes: ReadonlyMap<number, string>): CellStyle {
  // Built-in formats of dates and times (ECMA-376 §18.8.30).
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) {
    return { kind: 'date' };
  }
  const code = (codes.get(id) ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  if (/^0{2,}$/.test(code)) return { kind: 'zeros', digits: code.length };
  return /[dmyhs]/i.test(code) && !/[#0?]/.test(code.replace(/s\.0+/gi, '')) ? { kind: 'date' } : { kind: 'plain' };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
