// The day-0 annotator: weighted lexicons and French grammar, no model, no training. Always provisional.
//
// Themes: words and expressions add up; below a least evidence the text is of no theme (the task's `none`).
// Tone: praise against blame, as negation, contrast, concession, wishes and irony turn them. Few or balanced words:
// abstention. No judging word in a text of some length, or a text that mostly wishes and asks: neutral.
// A text that is not French says nothing to it: abstention where the task allows it, else `none` with score 0.

import { z } from 'zod';
import { ABSTAINED, type Annotation, type Evidence } from '../../model/annotation.ts';
import { type Codebook, codebookVersion, type Task } from '../../model/codebook.ts';
import { type AnnotatedDocument, defineAnnotator } from '../annotator.ts';
import { buildLexicon, type Lexicon } from '../lexicon.ts';
import { readLexiconFile } from '../lexicon-file.ts';
import { type Reading, readTerms } from '../reading.ts';
import { ThemeTally } from '../theme.ts';
import { classifyUnits, type Token, tokenise } from '../tokens.ts';
import { type Judgement, weighTone } from '../tone.ts';

const TONES = { negative: 'negatif', neutral: 'neutre', positive: 'positif' } as const;
/** A title says in few words what the text is about. */
const TITLE_THEME = 1.5;
const TITLE_TONE = 1.2;
/** Weight of judging words that one wish or question outweighs. */
const FRAMED_EVIDENCE = 0.9;
/** Annotations keep the words that weigh most. */
const MAXIMUM_EVIDENCE = 16;

const schema = z.strictObject({
  theme: z
    .strictObject({
      evidence: z.number().min(0).max(100).default(2).describe('least weight of a theme; below it the text has none'),
    })
    .prefault({}),
  tone: z
    .strictObject({
      evidence: z.number().min(0).max(100).default(0.5).describe('least weight of judging words; below it abstention'),
      margin: z.number().min(0).max(1).default(0.2).describe('least share by which praise or blame prevails'),
      shift: z.number().min(-1).max(1).default(-0.05).describe('added to the balance before it is judged'),
      neutralWords: z.int().min(1).default(5).describe('shortest text, in words, that is neutral where nothing judges'),
    })
    .prefault({}),
});
type Config = z.infer<typeof schema>;

export default defineAnnotator<Config>({
  name: 'lexical',
  title: { fr: 'Lexiques français', en: 'French lexicons' },
  description: {
    fr: 'Thème et tonalité d’après des lexiques et la grammaire : sans modèle, immédiat, à valider par des personnes.',
    en: 'Theme and tone from lexicons and grammar: no model, immediate, to be validated by people.',
  },
  config: schema,
  example: { theme: { evidence: 2 }, tone: { evidence: 0.5, margin: 0.2 } },
  provisional: true,
  prepare(codebook, config) {
    const lexicon = buildLexicon({
      polarity: readLexiconFile('polarity.txt'),
      themes: readLexiconFile('themes.txt'),
      cues: readLexiconFile('cues.txt'),
    });
    const judge = judgesOf(codebook, config);
    const classes = classifyUnits();
    const version = codebookVersion(codebook);
    return {
      annotate(document) {
        // `mul` holds French more often than not; words of no lexicon say nothing.
        const isFrench = ['fr', 'und', 'mul'].includes(document.language);
        const text = isFrench ? readText(document, lexicon, classes) : null;
        return judge.flatMap(({ task, decide }) => {
          const judgement = text === null ? unread(task) : decide(text);
          if (judgement === null) return [];
          const head = { document: document.id, codebook: version, task: task.id };
          return [{ ...head, annotator: 'lexical', provisional: true, ...judgement }];
        });
      },
    };
  },
});

type Verdict = Pick<Annotation, 'label' | 'score' | 'evidence'>;

interface Read {
  readonly tokens: readonly Token[];
  readonly judging: readonly Reading[];
  readonly speaking: readonly Reading[];
}

interface ReadDocument {
  readonly title: Read | null;
  readonly body: Read;
}

function readText({ title, text }: AnnotatedDocument, lexicon: Lexicon, classes: Uint8Array): ReadDocument {
  const read = (part: string): Read => {
    const tokens = tokenise(part, lexicon, classes);
    return { tokens, ...readTerms(tokens, lexicon) };
  };
  return { title: title === null ? null : read(title), body: read(text) };
}

interface Judge {
  readonly task: Task;
  readonly decide: (document: ReadDocument) => Verdict | null;
}

/** The tasks of the codebook that the lexicons know: those that hold the three tones, or at least one known theme. */
function judgesOf(codebook: Codebook, config: Config): readonly Judge[] {
  return codebook.tasks.flatMap((task): Judge[] => {
    const labels = new Set(task.categories.map(({ id }) => id));
    if (Object.values(TONES).every((tone) => labels.has(tone))) {
      return [{ task, decide: (document) => decideTone(document, task, config.tone) }];
    }
    const themes = new Set(readLexiconFile('themes.txt').map(({ heading }) => heading[0]!));
    const known = new Set([...labels].filter((label) => themes.has(label)));
    return known.size === 0 ? [] : [{ task, decide: (document) => decideTheme(document, task, known, config.theme) }];
  });
}

function unread(task: Task): Verdict | null {
  if (task.abstention) return { label: ABSTAINED, score: 0, evidence: [] };
  return task.none === null ? null : { label: task.none, score: 0, evidence: [] };
}

function decideTheme(
  { title, body }: ReadDocument,
  task: Task,
  known: ReadonlySet<string>,
  { evidence: least }: Config['theme'],
): Verdict | null {
  const tally = new ThemeTally();
  if (title !== null) tally.add(title.speaking, TITLE_THEME);
  tally.add(body.speaking, 1);
  let label: string | null = null;
  let best = 0;
  let second = 0;
  for (const [theme, weight] of tally.weights) {
    if (!known.has(theme)) continue;
    if (weight > best || (weight === best && label !== null && theme < label)) {
      second = best;
      best = weight;
      label = theme;
    } else if (weight > second) second = weight;
  }
  if (label === null || best < least) {
    const verdict = unread(task);
    return verdict && { ...verdict, score: least === 0 ? 0 : round(0.5 * (1 - best / least)) };
  }
  const chosen = label;
  const evidence = body.speaking.flatMap(({ term, first, last }) => {
    const weight = term.themes.find(({ theme }) => theme === chosen)?.weight ?? 0;
    if (weight === 0) return [];
    return [{ start: body.tokens[first]!.start, end: body.tokens[last]!.end, label: chosen, weight }];
  });
  return { label, score: scoreOf((best - second) / best, best), evidence: heaviest(evidence) };
}

function decideTone({ title, body }: ReadDocument, task: Task, config: Config['tone']): Verdict | null {
  const tone = weighTone(body.tokens, body.judging);
  const heading = title === null ? null : weighTone(title.tokens, title.judging);
  let praise = 0;
  let blame = 0;
  const weigh = (judgements: readonly Judgement[], factor: number) => {
    for (const { weight } of judgements) {
      if (weight > 0) praise += weight * factor;
      else blame -= weight * factor;
    }
  };
  weigh(tone.judgements, 1);
  if (heading !== null) weigh(heading.judgements, TITLE_TONE);
  const total = praise + blame;
  const framed = tone.wishes + tone.questions + (heading?.wishes ?? 0) + (heading?.questions ?? 0);
  const balance = total === 0 ? 0 : (praise - blame) / (total + 0.5 * framed) + config.shift;
  const margin = Math.min(1, Math.abs(balance));
  const positive = balance > 0;
  // Asking and proposing outweigh the few judging words they are said with.
  const mostlyFramed = framed > 0 && total < FRAMED_EVIDENCE * framed;
  if (!mostlyFramed && total >= config.evidence && margin >= config.margin) {
    const label = positive ? TONES.positive : TONES.negative;
    return { label, score: scoreOf(margin, total), evidence: toneEvidence(tone.judgements) };
  }
  const silent = total < config.evidence / 2 && tone.words >= config.neutralWords;
  if (silent || mostlyFramed) {
    const score = round((0.3 + 0.3 * Math.min(1, framed)) * (1 - margin / 2));
    return { label: TONES.neutral, score, evidence: [] };
  }
  return task.abstention
    ? { label: ABSTAINED, score: 0, evidence: toneEvidence(tone.judgements) }
    : { label: TONES.neutral, score: 0, evidence: [] };
}

function toneEvidence(judgements: readonly Judgement[]): readonly Evidence[] {
  return heaviest(
    judgements.flatMap(({ start, end, weight }) => {
      if (weight === 0) return [];
      return [{ start, end, label: weight > 0 ? TONES.positive : TONES.negative, weight: round(weight) }];
    }),
  );
}

/** The heaviest pieces of evidence, in the order of the text. */
function heaviest(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length <= MAXIMUM_EVIDENCE) return evidence;
  return [...evidence]
    .sort((left, right) => Math.abs(right.weight) - Math.abs(left.weight) || left.start - right.start)
    .slice(0, MAXIMUM_EVIDENCE)
    .sort((left, right) => left.start - right.start);
}

/** In [0, 1]: grows with the margin, and with the evidence it rests on. */
const scoreOf = (margin: number, total: number) => round(margin * (total / (total + 2)));
const round = (value: number) => Math.round(value * 10_000) / 10_000;
