// A workbook of several sheets for tests, every cell a string written in place.

import { zipXml } from '../examples/concertation/fabrique/xlsx.ts';

const OFFICE = 'http://schemas.openxmlformats.org';
const MAIN = `${OFFICE}/spreadsheetml/2006/main`;
const RELATIONS = `${OFFICE}/officeDocument/2006/relationships`;

/** The bytes of a workbook whose sheets are called `Feuil1`, `Feuil2` … */
export function workbook(...sheets: readonly (readonly (readonly string[])[])[]): Buffer {
  const number = (at: number) => at + 1;
  const listed = sheets.map(
    (_, at) => `<sheet name="Feuil${number(at)}" sheetId="${number(at)}" r:id="r${number(at)}"/>`,
  );
  const targets = sheets.map((_, at) => `<Relationship Id="r${number(at)}" Target="worksheets/${number(at)}.xml"/>`);
  return zipXml({
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${OFFICE}/package/2006/relationships">${targets.join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map((rows, at) => [`xl/worksheets/${number(at)}.xml`, sheetXml(rows)])),
  });
}

function sheetXml(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => `<row>${row.map(cellXml).join('')}</row>`);
  return `<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: string): string {
  const text = cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return cell === '' ? '<c/>' : `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}
