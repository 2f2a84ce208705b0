// Groups of copies of a real project, with what is distinct in each wording.

import type { DocumentId } from '../model/identity.ts';
import { distinctOf, referenceOf } from '../refine/distinct.ts';
import { countCopies } from '../store/copy-groups.ts';
import { pageCopyGroups, pageWordings, readCopyGroup, type StoredCopyGroup } from '../store/copy-page.ts';
import type { Database } from '../store/database.ts';
import { readDocumentText } from '../store/documents.ts';
import type { CopiesReader, CopyGroup, CopyKind } from './copy-views.ts';

/** Of the group's own text, and of the wordings it is compared with. */
const TEXT_CHARACTERS = 20_000;

export function openCopiesReader(database: Database): CopiesReader {
  return {
    clusters: (query) =>
      database.transaction(async (tx) => {
        const { items, nextCursor } = await pageCopyGroups(tx, query);
        return { totals: await countCopies(tx), items: items.map(groupOf), nextCursor };
      }),
    cluster: (id, page) =>
      database.transaction(async (tx) => {
        const [, kind, document] = /^(near|partial)-([0-9a-f]{64})$/.exec(id) ?? [];
        const group = document ? await readCopyGroup(tx, kind as CopyKind, document as DocumentId) : null;
        if (group === null) return null;
        const { items, nextCursor } = await pageWordings(tx, group, page);
        const text = (await readDocumentText(tx, group.document)) ?? '';
        const reference = referenceOf(text);
        const members = items.map((wording) => {
          const { spans, share } = distinctOf(wording.text, reference);
          return { ...wording, share, distinct: spans };
        });
        const shown = text.slice(0, TEXT_CHARACTERS);
        return { ...groupOf(group), text: shown, truncated: shown.length < text.length, members, nextCursor };
      }),
  };
}

function groupOf(stored: StoredCopyGroup): CopyGroup {
  return { id: `${stored.kind}-${stored.document}`, ...stored };
}
