// Writes PDFs for tests: words at places, in fonts that every reader has; images, rotations, passwords and traps.

import { deflateSync } from 'node:zlib';

export interface PdfWords {
  readonly text: string;
  /** Points from the left and from the top of the page. */
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly font?: 'sans' | 'bold' | 'mono';
  /** Degrees, counter-clockwise. */
  readonly turned?: 0 | 90;
}

export interface PdfPageSpec {
  readonly words?: readonly PdfWords[];
  /** Width and height in pixels of a grey image over the page. */
  readonly image?: readonly [width: number, height: number];
  /** Written as it is in place of the words, e.g. a stream that unpacks to a bomb. */
  readonly content?: Buffer;
}

export interface PdfSpec {
  readonly pages: readonly PdfPageSpec[];
  readonly info?: Readonly<Record<string, string>>;
  readonly locked?: boolean;
}

const WIDTH = 595;
const HEIGHT = 842;
const FONTS = { sans: 'Helvetica', bold: 'Helvetica-Bold', mono: 'Courier' };
/** Signs of windows-1252 outside latin-1. */
const SIGNS: Readonly<Record<string, number>> = {
  '…': 133,
  '’': 146,
  '“': 147,
  '”': 148,
  '•': 149,
  '–': 150,
  '—': 151,
  œ: 156,
};

/** The bytes of a PDF 1.7. */
export function makePdf({ pages, info = {}, locked = false }: PdfSpec): Buffer {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer) => objects.push(Buffer.from(body as string, 'latin1'));
  add('<< /Type /Catalog /Pages 2 0 R >>');
  const first = 3 + Object.keys(FONTS).length + 1;
  const kids = pages.map((_, at) => `${first + at * 3} 0 R`).join(' ');
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  for (const name of Object.values(FONTS)) {
    add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`);
  }
  add(
    `<< ${Object.entries(info)
      .map(([name, value]) => `/${name} (${escaped(value)})`)
      .join(' ')} >>`,
  );
  pages.forEach((page, at) => {
    const number = first + at * 3;
    const fonts = Object.keys(FONTS).map((font, index) => `/${font} ${3 + index} 0 R`);
    const resources = `<< /Font << ${fonts.join(' ')} >> /XObject << /Im ${number + 2} 0 R >> >>`;
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources ${resources} /Contents ${number + 1} 0 R >>`,
    );
    add(stream('/Filter /FlateDecode', page.content ?? deflateSync(Buffer.from(contentOf(page), 'latin1'))));
    const [width, height] = page.image ?? [1, 1];
    const pixels = deflateSync(Buffer.alloc(width * height, 0x80));
    const shape = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray`;
    add(stream(`${shape} /BitsPerComponent 8 /Filter /FlateDecode`, pixels));
  });
  const lock = `<< /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`;
  if (locked) add(lock);
  return assemble(objects, `/Info ${first - 1} 0 R${locked ? ` /Encrypt ${objects.length} 0 R /ID [<00> <00>]` : ''}`);
}

function contentOf({ words = [], image }: PdfPageSpec): string {
  const picture = image ? `q ${WIDTH} 0 0 ${HEIGHT} 0 0 cm /Im Do Q\n` : '';
  return picture + words.map(drawn).join('\n');
}

function drawn({ text, x, y, size = 10, font = 'sans', turned = 0 }: PdfWords): string {
  const matrix = turned === 90 ? '0 1 -1 0' : '1 0 0 1';
  return `BT /${font} ${size} Tf ${matrix} ${x} ${HEIGHT - y} Tm (${escaped(text)}) Tj ET`;
}

function escaped(text: string): string {
  return [...text]
    .map((sign) => SIGNS[sign] ?? sign.charCodeAt(0))
    .map((code) =>
      code > 126 || [40, 41, 92].includes(code) ? `\\${code.toString(8).padStart(3, '0')}` : String.fromCharCode(code),
    )
    .join('');
}

function stream(dictionary: string, bytes: Buffer): Buffer {
  const head = Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`, 'latin1');
  return Buffer.concat([head, bytes, Buffer.from('\nendstream')]);
}

function assemble(objects: readonly Buffer[], trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let size = parts[0]!.length;
  objects.forEach((body, at) => {
    offsets.push(size);
    const part = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    parts.push(part);
    size += part.length;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${size}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(xref + end, 'latin1')]);
}

/** Lines of words one under the other, as a column of text. */
export function linesOf(
  lines: readonly string[],
  {
    x,
    y,
    size = 10,
    step = 12,
  }: { readonly x: number; readonly y: number; readonly size?: number; readonly step?: number },
): readonly PdfWords[] {
  return lines.map((text, at) => ({ text, x, y: y + at * step, size }));
}
