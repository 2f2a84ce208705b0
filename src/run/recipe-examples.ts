// Documents of two recipes beside each other, as a person judges the difference.

import type { DocumentId } from '../model/identity.ts';
import { diffWords, excerptOf } from '../refine/word-diff.ts';
import type { Tx } from '../store/database.ts';
import { type ExampleDocument, readExamples } from '../store/example-documents.ts';
import type { App } from './app.ts';
import type { RecipeComparison } from './compare-recipes.ts';
import type { RecipeExample } from './recipe-desk.ts';

const READ_CHARACTERS = 20_000;
const EXCERPT = { around: 60, maximum: 900 };
const BEGINNING = 160;
const WHOLE = { around: 400, maximum: 400 };

/** The examples that a comparison named, with their words read now: nothing is shown that was erased since. */
export async function readRecipeExamples(
  tx: Tx,
  app: App,
  { examples }: RecipeComparison,
): Promise<readonly RecipeExample[]> {
  const ids = examples.flatMap(({ before, after }) => [before, after]).filter((id) => id !== null);
  const documents = await readExamples(tx, [...new Set(ids)], { characters: READ_CHARACTERS, policy: app.policyId });
  return examples.flatMap(({ before, after, changes }) => {
    const [was, is] = [documentAt(documents, before), documentAt(documents, after)];
    if (was === null && is === null) return [];
    const text = diffWords(was?.text ?? '', is?.text ?? '');
    const names = Object.keys(was?.fields ?? is?.fields ?? {});
    const fields = names.map((name) => ({ name, before: was?.fields[name] ?? null, after: is?.fields[name] ?? null }));
    return [
      {
        before: was?.id ?? null,
        after: is?.id ?? null,
        changes,
        title: excerptOf(diffWords(was?.title ?? '', is?.title ?? ''), WHOLE),
        // A document whose text stays shows its beginning, so that one knows what is spoken of.
        text: was?.text === is?.text ? beginningOf(is) : excerptOf(text, EXCERPT),
        fields: fields.filter((field) => field.before !== field.after),
      },
    ];
  });
}

function documentAt(documents: ReadonlyMap<DocumentId, ExampleDocument>, id: DocumentId | null) {
  return id === null ? null : (documents.get(id) ?? null);
}

function beginningOf(document: ExampleDocument | null): RecipeExample['text'] {
  const text = document?.text ?? '';
  if (text.length <= BEGINNING) return text === '' ? [] : [{ kind: 'same', text }];
  const shown = text.slice(0, BEGINNING).toWellFormed();
  return [
    { kind: 'same', text: shown },
    { kind: 'skipped', length: text.length - BEGINNING },
  ];
}
