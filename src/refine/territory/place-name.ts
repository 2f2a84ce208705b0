// What people call a place of the gazetteer.

import type { PlaceCode } from '../../model/territory.ts';
import { gazetteer } from './gazetteer.ts';

/** Name of a place, or null for a code that this gazetteer does not hold (another year's). */
export function nameOfPlace({ kind, code }: PlaceCode): string | null {
  const places = gazetteer();
  switch (kind) {
    case 'commune':
      return places.commune(code)?.name ?? null;
    case 'arrondissement': {
      const city = places.commune(code);
      const rank = Number(code) % (city?.code === '69123' ? 10 : 100);
      return city === undefined ? null : `${city.name} ${rank === 1 ? '1er' : `${rank}e`}`;
    }
    case 'epci':
      return places.epci(code)?.name ?? null;
    case 'department':
      return places.department(code)?.name ?? null;
    case 'region':
      return places.region(code)?.name ?? null;
  }
}
