// The written form that decides of a document's territory: what a correction is learned by.

import type { PlaceMention, Territory } from '../../model/territory.ts';
import { findPersonal } from '../personal.ts';
import { foldName } from './name-words.ts';
import { lyingOfPlace } from './primary.ts';

interface Written {
  readonly title: string | null;
  /** Personal data marked. */
  readonly text: string;
  /** The author's field, trimmed. */
  readonly field: string;
}

/** Longer fields are addresses or sentences: no form that others write too. */
const LONGEST_FORM = 60;
const IS_CODE = /^(?:\d{1,5}|2[ab]\d{0,3})$/;

/**
 * `field:38000` or `text:saint martin`: the field where the author filled it, else the one name that gave the territory, else the
 * one ambiguous name; null where several names share it. A field that holds personal data has no form. Pure.
 */
export function writtenForm(
  { title, text, field }: Written,
  mentions: readonly PlaceMention[],
  territory: Territory | null,
): string | null {
  if (field !== '') {
    const folded = foldName(field);
    if (folded === '' || folded.length > LONGEST_FORM) return null;
    return IS_CODE.test(folded) || findPersonal(field).length === 0 ? `field:${folded}` : null;
  }
  if (territory?.rule === 'text:shared') return null;
  const isOfText = territory?.rule.startsWith('text:') === true;
  const deciding = isOfText ? mentions.filter((mention) => isAt(mention, territory)) : mentions.filter(isAmbiguous);
  return textForm(title, text, deciding);
}

function isAmbiguous({ place, role }: PlaceMention): boolean {
  return place === null && role !== 'mention';
}

function isAt({ place, role }: PlaceMention, { commune, epci, department, region }: Territory): boolean {
  const lying = place === null || role === 'mention' ? null : lyingOfPlace(place.kind, place.code);
  return (
    lying !== null &&
    lying.commune === commune &&
    lying.epci === epci &&
    lying.department === department &&
    lying.region === region
  );
}

function textForm(title: string | null, text: string, deciding: readonly PlaceMention[]): string | null {
  const forms = new Set(
    deciding.map(({ at, start, end }) => foldName((at === 'title' ? (title ?? '') : text).slice(start, end))),
  );
  const [form] = forms;
  return forms.size === 1 && form !== undefined && form !== '' && form.length <= LONGEST_FORM ? `text:${form}` : null;
}
