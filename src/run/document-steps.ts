// What became of a document's text, step by step: made again from the kept record when somebody asks, never stored.

import { DataSensError } from '../model/error.ts';
import { DEFAULT_RECIPE, type Recipe } from '../model/recipe.ts';
import type { TextStep } from '../refine/text-journey.ts';
import { type RecordOfDocument, readRecordOf } from '../store/sealed-record.ts';
import type { App } from './app.ts';
import { namesAtHand } from './learned-names.ts';

export type DocumentSteps =
  | {
      readonly kind: 'traced';
      readonly steps: readonly TextStep[];
      readonly marks: Readonly<Record<string, number>>;
      readonly sizeBytes: number;
      readonly textFormat: string;
      readonly encoding: string;
      /** What the source wrote of date and place; null where it wrote nothing. */
      readonly given: { readonly date: string | null; readonly territory: string | null };
      /** Versions of the recipe's steps, and of those of this program that made this. */
      readonly version: number;
      readonly programVersion: number;
      /** True where it ends at the stored text. */
      readonly same: boolean;
    }
  | {
      readonly kind: 'unavailable';
      /** `erased`: the record's key was destroyed. `reader`: it cannot be read as it was. */
      readonly reason: 'erased' | 'reader';
    };

export interface StepsDesk {
  /** Null where there is no such document. @throws store-unavailable */
  steps(id: string): Promise<DocumentSteps | null>;
}

/** The desk of the project that `app` is open on. */
export function openStepsDesk(app: App): StepsDesk {
  return {
    async steps(id) {
      if (!/^[0-9a-f]{64}$/.test(id)) return null;
      const found = await app.control.transaction((tx) => readRecordOf(tx, id));
      if (found === null) return null;
      if (found.sealed === null) return { kind: 'unavailable', reason: 'erased' };
      const reading = found.reading ?? readingNow(app, found);
      if (reading === null || found.body === null) return { kind: 'unavailable', reason: 'reader' };
      return trace(app, { ...found, reading, sealed: found.sealed });
    },
  };
}

type Readable = RecordOfDocument & { readonly reading: NonNullable<RecordOfDocument['reading']> } & {
  readonly sealed: NonNullable<RecordOfDocument['sealed']>;
};

async function trace(app: App, found: Readable): Promise<DocumentSteps> {
  const { sealed, reading, snapshot, record, key, part } = found;
  const recipe: Recipe = { ...DEFAULT_RECIPE, ...(found.body as unknown as Partial<Recipe>) };
  const end = sealed.start + sealed.length;
  try {
    const retraced = await app.threads.retrace({
      sealed: await app.objects.get(sealed.objectKey, { start: sealed.start, end }),
      wrappedKey: sealed.wrappedKey,
      organisationKey: app.keyring.organisationKey,
      ...{ record, snapshot, key, part, recipe },
      names: await namesAtHand(app, recipe),
      collector: reading.collector,
      settings: reading.settings,
    });
    const { steps, marks, sizeBytes, textFormat, encoding, given } = retraced;
    return {
      kind: 'traced',
      ...{ steps, sizeBytes, textFormat, encoding, given },
      marks: marks as Readonly<Record<string, number>>,
      version: recipe.version,
      programVersion: DEFAULT_RECIPE.version,
      same: retraced.text === found.text,
    };
  } catch (error) {
    // The settings of then may be none any more for the collector of now.
    if (error instanceof DataSensError && error.code !== 'settings-invalid') throw error;
    return { kind: 'unavailable', reason: 'reader' };
  }
}

/** Documents of before this was kept were read as their source is now, where its recipe is still theirs. */
function readingNow(app: App, { source, recipe }: RecordOfDocument): RecordOfDocument['reading'] {
  const known = app.sources.find(({ name, recipeId }) => name === source && recipeId === recipe);
  if (known === undefined) return null;
  return { collector: known.settings.collector, settings: JSON.parse(JSON.stringify(known.settings.with)) };
}
