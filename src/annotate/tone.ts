// Weighs the words that judge, as French turns them: negation, intensity, contrast, concession, wishes, irony.

import type { Reading } from './reading.ts';
import type { Token } from './tokens.ts';

/** One judging place of the text. */
export interface Judgement {
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Signed; 0 where the frame took all of it away. */
  readonly weight: number;
}

export interface Tone {
  readonly judgements: readonly Judgement[];
  /** Sentences that wish, propose or ask. */
  readonly wishes: number;
  readonly questions: number;
  readonly words: number;
}

/** Weight of polarities 1 to 3. Strong words decide: they are rare in texts of the other side. */
const STRENGTH = [0, 0.5, 1.2, 2.2];

/** Factors and reaches, in words, set by hand. What they give is measured by `npm run conformance annotate`. */
const NEGATED_PRAISE = -0.75;
const NEGATED_BLAME = -0.35;
const LACKED_PRAISE = -0.7;
const RELIEVED_BLAME = 0.1;
const NEGATION = -0.3;
const REACH_OF_NE = 6;
const REACH_OF_NEGATION = 4;
const REACH_OF_INTENSITY = 2;
const BEFORE_TURN = 0.6;
const AFTER_TURN = 1.3;
const CONCEDED = 0.45;
const WISHED = 0.4;
const ASKED = 0.6;
const EXCLAIMED = 1.15;
const IRONIC = -0.5;
const LAST_SENTENCE = 1.3;
const SMILE = 1.2;

type Turning = 'negation' | 'lack' | 'relief';

interface Weighed {
  readonly start: number;
  readonly end: number;
  readonly token: number;
  weight: number;
}

/** Reads one text once, from left to right. */
export function weighTone(tokens: readonly Token[], judging: readonly Reading[]): Tone {
  const weighed: Weighed[] = [];
  let words = 0;
  let wishes = 0;
  let questions = 0;
  let sentences = 0;
  let sentenceStart = 0;
  let lastSentenceStart = 0;
  let wishing = false;
  let ironic = false;
  let exclaimed = false;
  let afterTurn = 1;
  let conceding = 1;
  let opened = -1;
  let turning: Turning | null = null;
  let turningUntil = -1;
  let intensity = 1;
  let intensityUntil = -1;
  let next = 0;

  const pause = () => {
    turning = null;
    intensity = 1;
    opened = -1;
  };

  const endSentence = (asked: boolean) => {
    pause();
    if (wishing) wishes += 1;
    if (asked) questions += 1;
    const frame = (wishing ? WISHED : 1) * (asked ? ASKED : 1) * (exclaimed ? EXCLAIMED : 1);
    for (let index = sentenceStart; index < weighed.length; index += 1) {
      const judgement = weighed[index]!;
      judgement.weight *= frame;
      if (ironic && judgement.weight > 0) judgement.weight *= IRONIC;
    }
    if (weighed.length > sentenceStart) {
      lastSentenceStart = sentenceStart;
      sentences += 1;
    }
    sentenceStart = weighed.length;
    wishing = false;
    ironic = false;
    exclaimed = false;
    afterTurn = 1;
    conceding = 1;
  };

  const turn = (weight: number): number => {
    if (turning === 'negation') return weight * (weight > 0 ? NEGATED_PRAISE : NEGATED_BLAME);
    if (turning === 'lack') return weight > 0 ? weight * LACKED_PRAISE : weight;
    return weight > 0 ? weight : weight * RELIEVED_BLAME;
  };

  /** `ne` … `pas`: what stands between is turned, then what follows. */
  const close = (first: number, token: number) => {
    for (let index = weighed.length - 1; index >= sentenceStart; index -= 1) {
      const judgement = weighed[index]!;
      // Spoken French drops `ne`: "j'aime pas".
      if (opened === -1 ? judgement.token < first - 1 : judgement.token < opened) break;
      judgement.weight *= judgement.weight > 0 ? NEGATED_PRAISE : NEGATED_BLAME;
    }
    opened = -1;
    turning = 'negation';
    turningUntil = token + REACH_OF_NEGATION;
    weighed.push({
      start: tokens[token]!.start,
      end: tokens[token]!.end,
      token,
      weight: NEGATION * afterTurn * conceding,
    });
  };

  const read = ({ term, first, last, stress }: Reading) => {
    if (opened !== -1 && first - opened > REACH_OF_NE) opened = -1;
    if (turning !== null && first > turningUntil) turning = null;
    if (first > intensityUntil) intensity = 1;
    const following = judging[next];
    const praisesNext = following !== undefined && following.first === last + 1 && following.term.tone !== 0;
    const onlyIntensifies = term.cue === 'intensify' && praisesNext;
    if (term.tone !== 0 && !onlyIntensifies) {
      const strength = STRENGTH[Math.abs(term.tone)] ?? 0;
      let weight = Math.sign(term.tone) * strength * intensity * stress * afterTurn * conceding;
      if (turning !== null) {
        weight = turn(weight);
        turning = null;
      }
      intensity = 1;
      weighed.push({ start: tokens[first]!.start, end: tokens[last]!.end, token: last, weight });
    }
    switch (term.cue) {
      case null:
        return;
      case 'open':
        opened = first;
        return;
      case 'close':
        close(first, last);
        return;
      case 'close-after-open':
        if (opened !== -1) close(first, last);
        return;
      case 'negate':
      case 'lack':
      case 'relieve':
        turning = term.cue === 'negate' ? 'negation' : term.cue === 'lack' ? 'lack' : 'relief';
        turningUntil = last + REACH_OF_NEGATION;
        return;
      case 'intensify':
      case 'diminish':
        if (term.tone !== 0 && !onlyIntensifies) return;
        intensity = Math.min(2, intensity * term.factor);
        intensityUntil = last + REACH_OF_INTENSITY;
        return;
      case 'turn': {
        const from = weighed.length > sentenceStart ? sentenceStart : lastSentenceStart;
        for (let index = from; index < weighed.length; index += 1) weighed[index]!.weight *= BEFORE_TURN;
        afterTurn = AFTER_TURN;
        conceding = 1;
        pause();
        return;
      }
      case 'concede':
        conceding = CONCEDED;
        return;
      case 'wish':
        wishing = true;
        return;
      case 'irony':
        ironic = true;
        return;
    }
  };

  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    switch (token.piece) {
      case 'word':
        words += 1;
        if (judging[next]?.first === index) {
          next += 1;
          read(judging[next - 1]!);
        }
        break;
      case 'comma':
        pause();
        conceding = 1;
        break;
      case 'smile':
      case 'frown':
        weighed.push({
          start: token.start,
          end: token.end,
          token: index,
          weight: token.piece === 'smile' ? SMILE : -SMILE,
        });
        break;
      case 'exclamation':
        exclaimed = true;
        endSentence(false);
        break;
      case 'stop':
      case 'ellipsis':
        endSentence(false);
        break;
      case 'question':
        endSentence(true);
        break;
      case 'mark':
        break;
    }
  }
  endSentence(false);
  if (sentences > 2) {
    for (let index = lastSentenceStart; index < weighed.length; index += 1) weighed[index]!.weight *= LAST_SENTENCE;
  }
  return { judgements: weighed, wishes, questions, words };
}
