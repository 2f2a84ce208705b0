// What a chart becomes outside the page: a CSV that a spreadsheet opens safely, an SVG that stands alone.

import type { Language } from '../message.ts';
import type { Column } from './table.tsx';

/** Cells that spreadsheets would run (OWASP, CSV injection), full-width forms included. */
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * The table as CSV: UTF-8 with a byte order mark; in French semicolons and decimal commas, which is what Excel there
 * expects; text that looks like a formula gets an apostrophe.
 */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], language: Language): string {
  const separator = language === 'fr' ? ';' : ',';
  const lines = [
    columns.map((column) => textCell(column.title)),
    ...rows.map((row) => columns.map((column) => cellOf(column.value(row), language))),
  ];
  return `\ufeff${lines.map((cells) => `${cells.join(separator)}\r\n`).join('')}`;
}

function cellOf(value: string | number | null, language: Language): string {
  if (value === null) return '';
  if (typeof value === 'string') return textCell(value);
  const digits = Number.isInteger(value) ? String(value) : value.toFixed(6);
  return language === 'fr' ? digits.replace('.', ',') : digits;
}

function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

const RESOLVED = ['fill', 'stroke', 'color', 'font-family', 'font-size', 'font-weight', 'text-anchor'] as const;

/** The drawing as a file of its own: the page's colours written in, a title and a description inside. */
export function svgOf(
  drawing: SVGSVGElement,
  { title, summary }: { readonly title: string; readonly summary: string },
) {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [index, original] of originals.entries()) {
    const style = getComputedStyle(original);
    for (const property of RESOLVED) {
      const value = style.getPropertyValue(property);
      // References to patterns inside the drawing must stay as they are written.
      if (value !== '' && !value.includes('url(')) copies[index]?.setAttribute(property, value);
    }
  }
  const namespace = 'http://www.w3.org/2000/svg';
  const ground = document.createElementNS(namespace, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(drawing.closest('.card') ?? document.body).backgroundColor);
  const name = document.createElementNS(namespace, 'title');
  name.textContent = title;
  const description = document.createElementNS(namespace, 'desc');
  description.textContent = summary;
  copy.prepend(name, description, ground);
  copy.setAttribute('xmlns', namespace);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/** Hands a text to the reader as a file. */
export function download(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
