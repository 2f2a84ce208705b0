// The datasheet of a release, in French and English. Sections follow Gebru et al., "Datasheets for Datasets" (2021);
// the words on personal data follow the CNIL (pseudonymised is not anonymous: opinion 05/2014 of the G29).

import { CONTEXT_COLUMNS } from './context-columns.ts';
import { type DatasheetWords, WORDS } from './datasheet-words.ts';
import { labelColumns, withLabels } from './label-columns.ts';
import type { Profile } from './profile.ts';
import type { PublishOptions } from './publication.ts';

/** Markdown, the same bytes for the same release. */
export function datasheet(
  language: 'fr' | 'en',
  options: PublishOptions,
  profile: Profile & { readonly hasContext: boolean },
): string {
  const words = WORDS[language];
  const sections = [
    `# ${oneLine(options.title)}`,
    words.lead(profile.documents, oneLine(options.organisation), profile.from, profile.to),
    ...provisional(words, profile),
    ...withheld(language, words, options),
    section(words.coverage, coverage(words, options)),
    section(words.sources, sources(words, options)),
    section(words.content, content(language, words, { options, profile })),
    section(words.columns, table([words.column, words.type, words.meaning], columns(language, options))),
    ...(profile.hasContext ? [section(words.context, context(language, words, options))] : []),
    section(words.personal, words.personalText(options.contact === null ? null : oneLine(options.contact))),
    section(words.annotation, annotation(language, words, options)),
    section(words.limits, words.limitsText),
    section(words.derivation, words.derivationText(options.generator)),
    section(words.verification, words.verificationText),
    section(words.citation, words.citationText(oneLine(options.organisation), oneLine(options.title))),
  ];
  return `${sections.join('\n\n')}\n`;
}

function provisional(words: DatasheetWords, profile: Profile): readonly string[] {
  return profile.provisional === 0 ? [] : [`> ${words.provisional(profile.provisional, profile.documents)}`];
}

/** What was measured too low, or too little, to be published: said at the top, as what is missing must be. */
function withheld(language: 'fr' | 'en', words: DatasheetWords, options: PublishOptions): readonly string[] {
  const kept = options.measured?.withheld ?? [];
  if (kept.length === 0) return [];
  const rows = kept.map(({ task: id, label: category, reason, measured, bar, n, missing }) => {
    const task = options.codebook?.tasks.find((one) => one.id === id);
    const label = task?.categories.find((one) => one.id === category);
    return [
      task?.title[language] ?? id,
      category === null ? words.every : (label?.title[language] ?? category),
      words.withheldReasons[reason],
      measured === null ? '–' : measured.toFixed(2),
      String(bar),
      String(n),
      missing === null ? '–' : String(missing),
    ];
  });
  const header = [words.task, words.label, words.reason, words.measured, words.bar, 'n', words.missing];
  return [`> ${words.withheld}`, table(header, rows)];
}

function coverage(words: DatasheetWords, { coverage: counts }: PublishOptions): string {
  const steps = [
    [words.steps.collected, counts.collected],
    [words.steps.readable, counts.readable],
    [words.steps.distinct, counts.distinct],
    [words.steps.annotated, counts.annotated],
    [words.steps.validated, counts.validated],
    [words.steps.published, counts.published],
  ] as const;
  const excluded = Object.entries(counts.excluded)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([reason, n]) => [words.reasons[reason] ?? reason, String(n)]);
  const main = table(
    [words.step, 'n'],
    steps.map(([step, n]) => [step, String(n)]),
  );
  return excluded.length === 0 ? main : `${main}\n\n${table([words.reason, 'n'], excluded)}`;
}

function sources(words: DatasheetWords, options: PublishOptions): string {
  const rows = options.sources.map((source) =>
    [source.title, source.licence, source.purpose, source.legalBasis, source.retention].map((value) =>
      String(value ?? ''),
    ),
  );
  return table([words.source, words.licence, words.purpose, words.legalBasis, words.retention], rows);
}

function content(
  language: 'fr' | 'en',
  words: DatasheetWords,
  { options, profile }: { readonly options: PublishOptions; readonly profile: Profile },
): string {
  const added = labelColumns(options.codebook);
  const isList = (task: string) => added.some((one) => one.task === task && one.type === 'list');
  const titleOf = (task: string) => options.codebook?.tasks.find(({ id }) => id === task)?.title[language] ?? task;
  const list = (title: string, counts: ReadonlyMap<string, number>) =>
    table(
      [title, 'n'],
      [...counts].map(([value, n]) => [value === '' ? words.none : value, String(n)]),
    );
  return [
    words.copies(profile.copies),
    list(words.source, profile.bySource),
    list(words.language, profile.byLanguage),
    ...(isList('theme') ? [] : [list(words.theme, profile.byTheme)]),
    ...(isList('tone') ? [] : [list(words.tone, profile.byTone)]),
    ...[...profile.byTask].flatMap(([task, counts]) => [
      ...(isList(task) ? [words.several(oneLine(titleOf(task)))] : []),
      list(titleOf(task), counts),
    ]),
    list(words.department, profile.byDepartment),
  ].join('\n\n');
}

function columns(language: 'fr' | 'en', { codebook }: PublishOptions): readonly (readonly string[])[] {
  return withLabels(labelColumns(codebook), codebook).map(({ name, type, meaning }) => [
    `\`${name}\``,
    type,
    meaning[language],
  ]);
}

function context(language: 'fr' | 'en', words: DatasheetWords, options: PublishOptions): string {
  const series = (options.context?.series ?? []).map(({ title, unit, kind, weekly, sourceTitle, licence }) => {
    const figure = kind === 'number' ? `${kind} (${weekly}${unit === '' ? '' : `, ${unit}`})` : kind;
    return [title, figure, sourceTitle, licence];
  });
  const meanings = CONTEXT_COLUMNS.map(({ name, type, meaning }) => [`\`${name}\``, type, meaning[language]]);
  return [
    words.contextText,
    table([words.title, words.type, words.source, words.licence], series),
    table([words.column, words.type, words.meaning], meanings),
  ].join('\n\n');
}

function annotation(language: 'fr' | 'en', words: DatasheetWords, { codebook }: PublishOptions): string {
  if (codebook === null) return words.notAnnotated;
  const tasks = codebook.tasks.map((task) => {
    const rows = task.categories.map((category) => [
      `\`${category.id}\``,
      category.title[language],
      category.definition,
    ]);
    return `### ${task.title[language]}\n\n${table([words.label, words.title, words.definition], rows)}`;
  });
  return [words.codebook(codebook.name, codebook.version), ...tasks].join('\n\n');
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(oneLine).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Settings and labels are foreign text: they stay in their cell and make no mark-up of their own. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[|<>]/g, (mark) => `\\${mark}`)
    .trim();
}
