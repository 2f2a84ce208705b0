// What a model may cost: reserved before each document, counted after it, never exceeded.

import type { ModelConfig } from './config.ts';

export interface Spending {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** During which the model was asked; documents in hand at once count once. */
  readonly hours: number;
}

export interface Budget {
  /** Reserves the tokens of one document; null where they, or what is spent already, exceed a limit. */
  reserve(tokens: { readonly input: number; readonly output: number }): Reservation | null;
  /** What is spent, what came before included. */
  readonly spent: Spending;
}

export interface Reservation {
  /** Replaces what was reserved by what was used. */
  settle(used: { readonly input: number; readonly output: number }): void;
}

/** Euros that this much work costs. */
export function eurosOf({ inputTokens, outputTokens, hours }: Spending, { price }: Pick<ModelConfig, 'price'>): number {
  return (
    (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1_000_000 + hours * price.perHour
  );
}

/** The first limit that this much work exceeds, or null. */
export function exceeded(
  spending: Spending,
  config: Pick<ModelConfig, 'price' | 'budget'>,
): keyof ModelConfig['budget'] | null {
  const { tokens, euros, hours } = config.budget;
  if (tokens !== undefined && spending.inputTokens + spending.outputTokens > tokens) return 'tokens';
  if (euros !== undefined && eurosOf(spending, config) > euros) return 'euros';
  if (hours !== undefined && spending.hours > hours) return 'hours';
  return null;
}

/** @param busyMs milliseconds during which this process asked the model, so far */
export function openBudget(
  config: Pick<ModelConfig, 'price' | 'budget'>,
  { before, busyMs }: { readonly before: Spending; readonly busyMs: () => number },
): Budget {
  const used = { input: 0, output: 0 };
  const spendingWith = (input: number, output: number): Spending => ({
    inputTokens: before.inputTokens + used.input + input,
    outputTokens: before.outputTokens + used.output + output,
    hours: before.hours + busyMs() / 3_600_000,
  });
  return {
    reserve({ input, output }) {
      if (exceeded(spendingWith(input, output), config) !== null) return null;
      used.input += input;
      used.output += output;
      return {
        settle(actual) {
          used.input += actual.input - input;
          used.output += actual.output - output;
        },
      };
    },
    get spent() {
      return spendingWith(0, 0);
    },
  };
}
