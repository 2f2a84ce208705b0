// How a questionnaire is read: which columns are questions, attributes, people. Made once, at collection, from a sample.

import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/json.ts';
import type { ConsultationConfig } from './consultation-config.ts';
import { type Profiles, profileOf, type Sample, type Verdict, verdictOf } from './questionnaire-columns.ts';
import { isListed, type Platform, type Preset, presetName, presetOf, recognise } from './questionnaire-platforms.ts';
import { chooseRoles } from './questionnaire-roles.ts';
import { type Named, readNamed } from './questionnaire-settings.ts';
import { slugOf, wordingOf } from './questionnaire-wording.ts';

export interface Question {
  readonly column: string;
  /** The wording that documents have for title. */
  readonly title: string;
  /** Column whose cell is the title, where contributions have their own. */
  readonly titleColumn: string | null;
  /** Names the question in keys. */
  readonly slug: string;
  /** Part of the identity of its documents: another way of reading the answer is another part. */
  readonly part: string;
}

/** Plain JSON: it travels in the snapshot's context. A column is in one of these lists, or ignored with the reason. */
export interface Plan {
  readonly platform: Platform | null;
  readonly id: string | null;
  /** Empty where nothing says who answers. */
  readonly participant: readonly string[];
  /** True where the answers of a row that names nobody are linked all the same: they are several. */
  readonly linkRows: boolean;
  /** Columns that name people: looked for in the answers, never kept. */
  readonly names: readonly string[];
  readonly date: string | null;
  readonly territory: string | null;
  readonly questions: readonly Question[];
  readonly attributes: readonly { readonly column: string; readonly name: string }[];
  readonly ignored: readonly { readonly column: string; readonly reason: string }[];
  /** Column that says what a row is, where some rows repeat the words of others. */
  readonly rowKind: string | null;
  readonly minimumAnswer: number;
}

type Draft = Pick<Question, 'column' | 'title' | 'titleColumn'>;

/** @throws input-unreadable where the settings name a column that is not there, or would publish a personal one */
export function planOf(sample: Sample, config: ConsultationConfig): Plan {
  const { columns } = sample;
  const preset = choosePreset(config.platform, columns);
  const profiles: Profiles = new Map(columns.map((column) => [column, profileOf(column, sample.rows)]));
  const named = readNamed(sample, profiles, config);
  const roles = chooseRoles(sample, { profiles, preset, named });
  const { id, date, territory, language, participant } = roles;
  const taken = new Set([id, date, territory, language, ...participant, ...named.ignore, ...namedAnswers(named)]);
  const verdicts = columns
    .filter((column) => !taken.has(column))
    .map((column) => ({ column, verdict: judge(column, preset, profiles) }));
  const found = (kind: Verdict['kind']) => verdicts.filter(({ verdict }) => verdict.kind === kind);
  const open = named.questions?.map(asked) ?? found('open').map(({ column }) => contribution(column, columns, preset));
  const questions = titled(open, sample, profiles);
  const closed = named.attributes ?? found('closed').map(({ column }) => ({ column, name: column }));
  const attributes = language === null ? closed : [...closed, { column: language, name: language }];
  const plan = {
    platform: preset?.platform ?? null,
    id,
    participant,
    linkRows: questions.length > 1,
    names: columns.filter((column) => isName(column, preset, profiles)),
    date,
    territory,
    attributes: inOrder(attributes, columns),
    rowKind: columns.find((column) => presetName(column) === preset?.rowKind) ?? null,
    minimumAnswer: config.minimumAnswer,
  };
  const used = new Set([id, date, territory, ...participant, ...attributes.map(({ column }) => column)]);
  for (const { column, titleColumn } of questions) used.add(column).add(titleColumn);
  const ignored = columns
    .filter((column) => !used.has(column))
    .map((column) => ({ column, reason: reasonOf(column, verdicts, named) }));
  return { ...plan, ignored, questions: identified(inOrder(questions, columns), plan, sample) };
}

function choosePreset(platform: ConsultationConfig['platform'], columns: readonly string[]): Preset | null {
  if (platform === 'none') return null;
  return platform === 'auto' ? recognise(columns) : presetOf(platform, columns);
}

/** What a column is, by its platform, else by what it holds. */
function judge(column: string, preset: Preset | null, profiles: Profiles): Verdict {
  const name = presetName(column);
  const profile = profiles.get(column)!;
  if (preset !== null) {
    if (name.includes('machine_translation')) return { kind: 'ignored', reason: 'machine translation' };
    if (textEntry(name, preset) !== undefined) return { kind: 'open' };
    if (isListed(name, preset.attributes)) return { kind: 'closed' };
    if (isListed(name, [...preset.personal, ...preset.names, ...preset.participant])) return personal;
    if (isListed(name, preset.technical)) return { kind: 'ignored', reason: `technical column of ${preset.platform}` };
  }
  return profile.personal === null ? verdictOf(profile) : personal;
}

const personal: Verdict = { kind: 'ignored', reason: 'personal' };

function isName(column: string, preset: Preset | null, profiles: Profiles): boolean {
  const listed = preset !== null && isListed(presetName(column), preset.names);
  return listed || profiles.get(column)!.personal === 'name';
}

function reasonOf(column: string, verdicts: readonly { column: string; verdict: Verdict }[], named: Named): string {
  if (named.ignore.includes(column)) return 'the settings say so';
  const verdict = verdicts.find((judged) => judged.column === column)?.verdict;
  if (verdict === undefined) return 'used otherwise';
  return verdict.kind === 'ignored' ? verdict.reason : `looks ${verdict.kind}, and the settings do not name it`;
}

function namedAnswers({ questions, attributes }: Named): readonly string[] {
  return [...(questions ?? []), ...(attributes ?? [])].map(({ column }) => column);
}

const asked = ({ column, title }: { readonly column: string; readonly title: string | null }): Draft => ({
  column,
  title: title ?? wordingOf(column),
  titleColumn: null,
});

function textEntry(name: string, preset: Preset): readonly [text: string, title: string | null] | undefined {
  return preset.texts.find(([text]) => isListed(name, [text]));
}

/** A question, with the column of its title where its platform has one: `title/fr` is that of `body/fr`. */
function contribution(column: string, columns: readonly string[], preset: Preset | null): Draft {
  const name = presetName(column);
  const [text, title = null] = (preset && textEntry(name, preset)) ?? [];
  const wanted = title?.replace('*', text?.endsWith('*') ? name.slice(text.length - 1) : '');
  const titleColumn = columns.find((candidate) => presetName(candidate) === wanted) ?? null;
  return { ...asked({ column, title: null }), titleColumn };
}

/** The one text of a table that has titles is a contribution with its title, not two questions. */
function titled(open: readonly Draft[], { mapping, columns }: Sample, profiles: Profiles): readonly Draft[] {
  const { title } = mapping;
  if (title === null || !columns.includes(title) || profiles.get(title)!.personal !== null) return open;
  const others = open.filter(({ column }) => column !== title);
  const [only] = others;
  if (only === undefined || others.length > 1 || only.titleColumn !== null) return open;
  return [{ ...only, titleColumn: title }];
}

function inOrder<Entry extends { readonly column: string }>(entries: readonly Entry[], columns: readonly string[]) {
  return [...entries].sort((a, b) => columns.indexOf(a.column) - columns.indexOf(b.column));
}

/**
 * Names the questions. The part of each holds a hash of all that its documents are read by, no person's words: where a new
 * export moves a column, changes a wording or adds an attribute, the same bytes are other documents.
 */
function identified(
  drafts: readonly Draft[],
  plan: Omit<Plan, 'questions' | 'ignored'>,
  { columns, placed }: Sample,
): readonly Question[] {
  const place = (column: string | null) => (column !== null && placed ? [columns.indexOf(column), column] : column);
  const person = {
    id: place(plan.id),
    participant: plan.participant.map(place),
    names: plan.names.map(place),
    date: place(plan.date),
    territory: place(plan.territory),
    attributes: plan.attributes.map(({ column, name }) => [place(column), name]),
    linkRows: plan.linkRows,
    minimumAnswer: plan.minimumAnswer,
  };
  const slugs = new Set<string>();
  return drafts.map((question) => {
    const base = slugOf(question.title);
    let slug = base;
    for (let rank = 2; slugs.has(slug); rank += 1) slug = `${base}_${rank}`;
    slugs.add(slug);
    const read = {
      ...person,
      column: place(question.column),
      titled: place(question.titleColumn),
      title: question.title,
    };
    const digest = createHash('sha256').update(canonicalJson(read)).digest('hex').slice(0, 12);
    return { ...question, slug, part: `${slug}.${digest}` };
  });
}
