// Where a document is: what a person said, else the author's field, else its words, else its source; and the places it names.

import type { Finding } from '../../model/finding.ts';
import type { FoundTerritory, PlaceCode, PlaceMention, SaidTerritory, Territory } from '../../model/territory.ts';
import { type FieldReading, readField } from './field.ts';
import { writtenForm } from './form.ts';
import type { Found, FoundCommune } from './found.ts';
import { gazetteer } from './gazetteer.ts';
import { findPlaces } from './mentions.ts';
import { lyingOfPlace, primaryTerritory } from './primary.ts';
import { readEvidence, resolveCommune, type Surroundings, type TextEvidence } from './resolve.ts';
import { saidTerritory } from './said.ts';

/** What is known of a document's place besides its words. */
export interface PlaceHints {
  /** A person's correction: it decides, whatever the rest says. */
  readonly given: SaidTerritory | null;
  /** What corrections taught of this source, by written form; nothing when absent. */
  readonly lessons?: ReadonlyMap<string, SaidTerritory>;
  /** The author's field, as the source wrote it. */
  readonly field: string | null;
  /** Territory of the source, for documents that name none. */
  readonly source: string | null;
}

export interface Located {
  readonly territory: Territory | null;
  /** At most 40, title first. */
  readonly places: readonly PlaceMention[];
  /** Year of the official gazetteer that the codes are of. */
  readonly gazetteer: string;
  readonly findings: readonly Finding[];
  /** The written form that decides, by which later corrections are learned (`writtenForm`); null where none does. */
  readonly form: string | null;
  /** What was found without anybody's word; null where nobody's stands. */
  readonly found: FoundTerritory | null;
}

const MOST_PLACES = 40;
const MOST_CANDIDATES = 5;

/**
 * Finds the places that a title and a text name, and the territory they make the document's. To be given texts whose
 * personal data is marked: offsets are of those. Pure, deterministic, never throws on any string.
 */
export function locate(document: { readonly title: string | null; readonly text: string }, hints: PlaceHints): Located {
  const field = hints.field?.trim() ?? '';
  const reading = field === '' ? null : readField(field);
  const source = hints.source === null ? null : readField(hints.source);
  const local = new Set([reading?.department, source?.department].filter((code) => typeof code === 'string'));
  const inTitle = document.title === null ? [] : findPlaces(document.title, local);
  const inText = findPlaces(document.text, local);
  const evidence = readEvidence([...inTitle, ...inText]);
  const around: Surroundings = {
    fieldCommunes: new Set(reading?.communes.map(({ code }) => code)),
    fieldDepartment: reading?.department ?? null,
    sourceDepartment: source?.department ?? null,
  };
  const mentions = [
    ...inTitle.map((found) => mentionOf(found, 'title', { evidence, around })),
    ...inText.map((found) => mentionOf(found, 'text', { evidence, around })),
  ];
  const ofField = reading === null ? null : fieldTerritory(reading, mentions, { evidence, around });
  const territory = ofField ?? chooseByText(primaryTerritory(mentions), source) ?? sourceTerritory(source);
  const findings: Finding[] = [];
  const say = (code: Finding['code'], evidence: string) => findings.push({ code, at: 'territory', evidence });
  if (field !== '' && reading === null) say('territory-unknown', `${field.length} characters`);
  if (field === '' && territory === null) say('territory-missing', 'no territory');
  if (territory !== null && territory.candidates.length > 0) {
    say('territory-ambiguous', `${territory.candidates.length} communes`);
  }
  const form = writtenForm({ ...document, field }, mentions, territory);
  const taught = form === null ? undefined : hints.lessons?.get(form);
  const said = hints.given ? saidTerritory(hints.given, 'given') : taught && saidTerritory(taught, 'corrected');
  const base = { places: mentions.slice(0, MOST_PLACES), gazetteer: gazetteer().vintage, form };
  if (!said) return { ...base, territory, findings, found: null };
  // What was found stays beside, for the day when what was said is taken back.
  return { ...base, territory: said, findings: [], found: { territory, findings } };
}

interface Context {
  readonly evidence: TextEvidence;
  readonly around: Surroundings;
}

function mentionOf(found: Found, at: PlaceMention['at'], { evidence, around }: Context): PlaceMention {
  const { start, end, trust } = found;
  const base = { at, start, end, role: found.role ?? 'subject' } as const;
  if (found.kind === 'area') {
    const place = { kind: found.place.kind, code: found.place.code };
    return { ...base, place, candidates: [], score: rounded(trust), rule: found.rule };
  }
  const { commune, share, rule, bearers } = resolveCommune(found, evidence, around);
  const score = rounded(trust * share);
  if (commune === null) {
    const candidates = bearers.slice(0, MOST_CANDIDATES).map(({ code }) => ({ kind: 'commune', code }) as const);
    return { ...base, place: null, candidates, score, rule };
  }
  const place: PlaceCode =
    found.arrondissement === null
      ? { kind: 'commune', code: commune.code }
      : { kind: 'arrondissement', code: found.arrondissement };
  return { ...base, place, candidates: [], score, rule };
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}

/** A field is the author's own word; where it allows several communes, the words of the text may tell which. */
function fieldTerritory(reading: FieldReading, mentions: readonly PlaceMention[], context: Context): Territory {
  const { communes, epci, department, region, rule, score } = reading;
  const whole: Territory = { commune: null, epci, department, region, role: 'author', score, rule, candidates: [] };
  if (communes.length === 0) return whole;
  if (communes.length === 1) return { ...whole, commune: communes[0]!.code };
  const named = new Set(mentions.map(({ place }) => place?.code));
  const said = communes.filter(({ code }) => named.has(code));
  if (said.length === 1)
    return { ...whole, ...lyingOfPlace('commune', said[0]!.code), rule: `${rule}+text`, score: 0.9 };
  if (rule === 'commune-name') {
    const found: FoundCommune = {
      ...{ kind: 'commune', start: 0, end: 0, trust: score, role: 'author', name: '', communes },
      ...{ beside: null, arrondissement: null },
    };
    // The field cannot speak for itself.
    const around = { ...context.around, fieldCommunes: new Set<string>(), fieldDepartment: null };
    const { commune, share, rule: reason } = resolveCommune(found, context.evidence, around);
    if (commune !== null) {
      const lying = lyingOfPlace('commune', commune.code);
      return { ...whole, ...lying, rule: `${rule}+${reason}`, score: rounded(score * share) };
    }
  }
  return { ...whole, candidates: communes.slice(0, MOST_CANDIDATES).map(({ code }) => code) };
}

/** What the text says, unless the source has a territory and the text does not say plainly that it speaks of elsewhere. */
function chooseByText(text: Territory | null, source: FieldReading | null): Territory | null {
  if (text === null || source === null) return text;
  const isWithin = source.department === null ? text.region === source.region : text.department === source.department;
  if (isWithin) return text;
  const isPlain = text.rule === 'text:postal-code' || text.rule === 'text:department-beside';
  return text.role === 'author' || isPlain ? text : null;
}

function sourceTerritory(source: FieldReading | null): Territory | null {
  if (source === null) return null;
  const { communes, epci, department, region } = source;
  const commune = communes.length === 1 ? communes[0]!.code : null;
  return { commune, epci, department, region, role: 'author', score: 0.5, rule: 'source', candidates: [] };
}
