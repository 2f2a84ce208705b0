// The places of a context source: codes and names of the gazetteer, zones of school holidays, everywhere.

import { type ContextPlace, EVERYWHERE } from '../../model/context.ts';
import { readField } from '../territory/field.ts';

/**
 * Reads one cell: a code or name of a commune, EPCI, département or région, a postal code (every commune it serves), `A`, `Zone
 * B`, `France`. None where it names no place. Pure, never throws.
 */
export function readContextPlaces(cell: string): readonly ContextPlace[] {
  const text = cell.trim();
  const zone = /^(?:zone )?([abc])$/i.exec(text)?.[1];
  if (zone !== undefined) return [{ kind: 'zone', code: zone.toUpperCase() }];
  if (/^(?:fr|france|everywhere|partout|national)$/i.test(text)) return [EVERYWHERE];
  const reading = readField(text);
  if (reading === null) return [];
  const { communes, epci, department, region, rule } = reading;
  if (communes.length === 1 || rule === 'postal-code') {
    const served = communes.map(({ code }) => ({ kind: 'commune', code }) as const);
    if (served.length > 0) return served;
  }
  // A name that several communes bear says none of them.
  if (communes.length > 1) return [];
  if (epci !== null) return [{ kind: 'epci', code: epci }];
  if (department !== null) return [{ kind: 'department', code: department }];
  return region === null ? [] : [{ kind: 'region', code: region }];
}
