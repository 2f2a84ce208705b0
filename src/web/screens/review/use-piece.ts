// The piece of a text that is chosen, with the mouse or word by word from the keyboard.

import { useMemo, useState } from 'react';
import { type Piece, pieceOf, snap, wordsOf } from './word-steps.ts';

export interface ChosenPiece {
  readonly piece: Piece | null;
  /** Takes what the mouse chose to the ends of its words. Answers what is chosen then. */
  readonly choose: (piece: Piece) => Piece | null;
  /** Goes to the next word or the one before, or takes it in too. Answers what is chosen then. */
  readonly move: (by: -1 | 1, extend: boolean) => Piece | null;
  readonly clear: () => void;
}

export function usePiece(text: string): ChosenPiece {
  const words = useMemo(() => wordsOf(text), [text]);
  const [piece, setPiece] = useState<Piece | null>(null);
  const [step, setStep] = useState<{ readonly anchor: number; readonly focus: number } | null>(null);
  return {
    piece,
    choose(given) {
      const snapped = snap(words, given);
      setPiece(snapped);
      return snapped;
    },
    move(by, extend) {
      const focus = Math.min(words.length - 1, Math.max(0, (step?.focus ?? (by === 1 ? -1 : words.length)) + by));
      const next = { anchor: extend && step !== null ? step.anchor : focus, focus };
      const reached = pieceOf(words, next.anchor, next.focus);
      setStep(next);
      setPiece(reached);
      return reached;
    },
    clear: () => setPiece(null),
  };
}
