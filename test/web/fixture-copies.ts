// Groups of copies of the fictive corpus: its campaign, as near copies and as a form letter that some add to.

import { concentrationOf } from '../../src/refine/campaign.ts';
import { distinctOf, referenceOf } from '../../src/refine/distinct.ts';
import type { CopiesReader, CopyGroup, CopyGroupPage } from '../../src/run/copy-views.ts';
import type { FixtureDocument } from './fixture-corpus.ts';
import { CAMPAIGN } from './fixture-words.ts';

const ADDED = [
  'Je suis infirmière et je prends cette ligne à cinq heures du matin, été comme hiver.',
  'Mon père, 84 ans, n’a plus d’autre moyen d’aller chez son médecin. [PERSONNE 1]',
  'Ce texte tient en une balise : <b>rien ne doit s’exécuter</b>.',
];

export function fixtureCopies(documents: readonly FixtureDocument[]): CopiesReader {
  const members = documents.filter((document) => document.cluster !== null);
  const groups = members.length === 0 ? [] : [groupOf('near', members), groupOf('partial', members.slice(0, 12))];
  return {
    async clusters({ only }) {
      const campaigns = groups.filter(({ campaign }) => campaign).length;
      const totals = { clusters: groups.length / 2, copies: members.length - 1, models: groups.length / 2, campaigns };
      const items = groups.filter(
        ({ kind, campaign }) => only === null || (only === 'campaign' ? campaign : only === kind),
      );
      return { totals: members.length === 0 ? { ...totals, copies: 0 } : totals, items, nextCursor: null };
    },
    async cluster(id) {
      const group = groups.find((candidate) => candidate.id === id);
      return group === undefined ? null : pageOf(group, members);
    },
  };
}

function groupOf(kind: CopyGroup['kind'], members: readonly FixtureDocument[]): CopyGroup {
  const days = Map.groupBy(members, ({ published }) => published);
  const document = members.find(({ representative }) => representative)!.id;
  return {
    ...concentrationOf([...days].map(([day, on]) => ({ day, n: on.length }))),
    ...{ id: `${kind}-${document}`, kind, document, campaign: true, documents: members.length, sources: 1 },
    ...{ wordings: kind === 'near' ? 1 : ADDED.length + 1, share: kind === 'near' ? 1 : 0.62 },
    ...{ title: null, language: 'fr', excerpt: CAMPAIGN.slice(0, 320) },
  };
}

function pageOf(group: CopyGroup, members: readonly FixtureDocument[]): CopyGroupPage {
  const reference = referenceOf(CAMPAIGN);
  const texts = group.kind === 'near' ? [CAMPAIGN] : [CAMPAIGN, ...ADDED.map((added) => `${CAMPAIGN} ${added}`)];
  return {
    ...{ ...group, text: CAMPAIGN, truncated: false, nextCursor: null },
    members: texts.map((text, at) => {
      const { spans, share } = distinctOf(text, reference);
      const copies = members.slice(at * 3, at * 3 + 3).map(({ id, title, source, published }) => ({
        ...{ id, title, source, published },
      }));
      return {
        ...{ text, share, distinct: spans, copies, language: 'fr', truncated: false, reference: at === 0 },
        documents: at === 0 ? group.documents - ADDED.length : copies.length,
      };
    }),
  };
}
