// The marks that stand for personal data: the same value has the same mark everywhere in one document.

import { PERSONAL_MARKS, type PersonalKind, type PersonalSpan } from '../model/personal.ts';

const CIVILITIES = new Set(
  'm mr mme mlle mlles mm madame monsieur mademoiselle messieurs dr docteur me maitre pr professeur'.split(' '),
);

interface Person {
  readonly words: readonly string[];
  readonly number: number;
}

/** Numbers values of one document in the order they are met. One instance per document. */
export class Marks {
  private readonly numbers = new Map<string, number>();
  private readonly last = new Map<PersonalKind, number>();
  private readonly persons: Person[] = [];

  /** Text with its spans (sorted, not overlapping) replaced by marks. */
  replace(text: string, spans: readonly PersonalSpan[]): string {
    let out = '';
    let copied = 0;
    for (const span of spans) {
      if (span.start < copied || span.end > text.length) continue;
      out += text.slice(copied, span.start) + this.mark(span.kind, text.slice(span.start, span.end));
      copied = span.end;
    }
    return out + text.slice(copied);
  }

  private mark(kind: PersonalKind, value: string): string {
    const number = kind === 'person' ? this.personNumber(value) : this.number(kind, keyOf(kind, value));
    return `[${PERSONAL_MARKS[kind]} ${number}]`;
  }

  private number(kind: PersonalKind, key: string): number {
    const known = this.numbers.get(`${kind}:${key}`);
    if (known !== undefined) return known;
    const next = (this.last.get(kind) ?? 0) + 1;
    this.last.set(kind, next);
    this.numbers.set(`${kind}:${key}`, next);
    return next;
  }

  /** "M. Durand" after "Claire Durand" is she, unless two Durands were met: then the latest. */
  private personNumber(value: string): number {
    const words = fold(value)
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '' && !CIVILITIES.has(word));
    const known = this.persons.findLast((person) => isSamePerson(person.words, words));
    const number = known?.number ?? this.number('person', [...words].sort().join(' '));
    if (known === undefined || words.length > known.words.length) this.persons.push({ words, number });
    return number;
  }
}

/** True where one name is the other shortened: a surname or first name alone, an order reversed, an initial. */
function isSamePerson(known: readonly string[], words: readonly string[]): boolean {
  if (words.length === 0 || known.length === 0) return false;
  const [short, long] = words.length <= known.length ? [words, known] : [known, words];
  if (short.length === 1) {
    const word = short[0]!;
    return word.length > 1 ? long[0] === word || long.at(-1) === word : long.length === 1 && long[0] === word;
  }
  return short.every((word) => long.some((other) => other === word || (word.length === 1 && other.startsWith(word))));
}

/** What makes two spellings one value. */
function keyOf(kind: PersonalKind, value: string): string {
  const folded = fold(value);
  if (kind === 'email' || kind === 'ip' || kind === 'handle') return folded.replace(/\s/g, '');
  const compact = folded.replace(/[^a-z0-9]/g, '');
  return kind === 'phone' ? compact.replace(/^(?:00)?33(?=\d{9}$)/, '0').replace(/^330(?=\d{9}$)/, '0') : compact;
}

function fold(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
