// The département that a field names: by postal code, commune code, number or name, whatever surrounds it.

import type { Territory } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { DEPARTMENTS, foldName } from './departments.ts';

interface ResolvedTerritory {
  readonly territory: Territory | null;
  readonly findings: readonly Finding[];
}

const CODES: ReadonlySet<string> = new Set(DEPARTMENTS.map((department) => department.code));
const NAMES: ReadonlyMap<string, string> = new Map([
  ...DEPARTMENTS.map((department) => [foldName(department.name), department.code] as const),
  ['reunion', '974'],
  ['belfort territoire de', '90'],
  ['guyane francaise', '973'],
]);
const LONGEST_FIELD = 300;

/** Reads a field; where it is empty or names nothing, the source's own territory stands in. Pure, never throws. */
export function resolveTerritory(raw: string | null, fallback: string | null): ResolvedTerritory {
  const field = raw?.trim() ?? '';
  const own = field === '' ? null : readTerritory(field);
  if (own !== null) return { territory: own, findings: [] };
  const findings: Finding[] = [];
  if (field !== '') {
    findings.push({ code: 'territory-unknown', at: 'territory', evidence: `${field.length} characters` });
  }
  const source = fallback === null ? null : readTerritory(fallback.trim());
  if (source !== null) return { territory: { ...source, rule: 'source' }, findings };
  if (field === '') findings.push({ code: 'territory-missing', at: 'territory', evidence: 'no territory' });
  return { territory: null, findings };
}

function readTerritory(field: string): Territory | null {
  if (field.length > LONGEST_FIELD) return null;
  return byCode(field) ?? byName(field);
}

function byCode(field: string): Territory | null {
  const upper = field.toUpperCase();
  const commune = /(?:^|[^0-9A-Z])(2[AB]\d{3})(?![0-9A-Z])/.exec(upper)?.[1];
  if (commune !== undefined) return { commune, department: commune.slice(0, 2), rule: 'commune-code' };
  const five = /(?:^|[^0-9A-Z]|F-)(\d{2} ?\d{3})(?![0-9A-Z])/.exec(upper)?.[1]?.replace(' ', '');
  // Spreadsheets drop the first zero of a number.
  const postal = five ?? /^([1-9]\d{3})(?:\.0)?$/.exec(field)?.[1]?.padStart(5, '0');
  if (postal !== undefined) return known(departmentOfPostalCode(postal), 'postal-code');
  const number =
    /^(?:FR-|D)?(2[AB]|97[1-46]|\d{1,2})(?:\.0)?$/.exec(upper)?.[1] ??
    /^(2[AB]|97[1-46]|\d{2})\s?[-–:]\s?\D/.exec(upper)?.[1] ??
    /\(\s?(2[AB]|97[1-46]|\d{2})\s?\)/.exec(upper)?.[1];
  return number === undefined ? null : known(number.padStart(2, '0'), 'department-code');
}

/**
 * Département of a postal code. A commune code (five digits as well) begins alike outside Corsica, so it is read the
 * same way; the few communes served by a neighbour's post office are not known here.
 */
function departmentOfPostalCode(code: string): string {
  if (code.startsWith('20')) return /^20[01]/.test(code) ? '2A' : /^20[26]/.test(code) ? '2B' : '';
  // Saint-Barthélemy and Saint-Martin kept the codes of Guadeloupe, of which they are no longer part.
  if (code === '97133' || code === '97150') return '';
  return code.startsWith('97') ? code.slice(0, 3) : code.slice(0, 2);
}

function known(department: string, rule: string): Territory | null {
  return CODES.has(department) ? { commune: null, department, rule } : null;
}

/** The whole field, or one of its parts between commas, brackets, slashes and dashes. */
function byName(field: string): Territory | null {
  for (const part of [field, ...field.split(/[,;/()[\]|:]|\s[-–—]\s/)]) {
    const folded = foldName(part).replace(/^departement (?:de la |de l |du |des |de )?/, '');
    const code = NAMES.get(folded) ?? NAMES.get(folded.replace(/^(?:la|le|les|l) /, ''));
    if (code !== undefined) return { commune: null, department: code, rule: 'department-name' };
  }
  return null;
}
