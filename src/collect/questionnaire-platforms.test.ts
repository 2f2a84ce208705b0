// Exports of platforms, fictional, with the columns that their own code writes.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collecting } from '../../test/collecting.ts';
import consultation from './collectors/consultation.ts';
import type { Plan } from './questionnaire-plan.ts';
import { claimsHead } from './questionnaire-platforms.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'platforms-'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Rows = readonly (readonly string[])[];

const csv = (rows: Rows, delimiter: string) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\n');

async function read(rows: Rows | string, name = 'export.csv', delimiter = ',') {
  const content = typeof rows === 'string' ? rows : csv(rows, delimiter);
  writeFileSync(join(root, name), content);
  const collected = await collecting(consultation, { path: name }, { root });
  const plan = collected.openings[0]!.context.plan as unknown as Plan;
  return { ...collected, plan, columns: plan.questions.map(({ column }) => column) };
}

const claimed = (head: string | Uint8Array) => claimsHead(Buffer.from(head).subarray(0, 1024).toString('latin1'));

const DECIDIM_SURVEY: Rows = [
  [
    'ID de réponse',
    'Répondu le',
    'Hachage IP',
    "Statut de l'utilisateur",
    '1. Quel mode de déplacement utilisez-vous, et pourquoi ?',
    '2. Quelles lignes prenez-vous ?',
    '3. Que changeriez-vous ?',
  ],
  ['t1', '2026-02-03 18:12:09', '9f31', 'Enregistré', 'Le vélo parce que c’est plus rapide en ville', 'A, B', 'NSP'],
  ['t2', '2026-02-03 19:12:09', '77c2', 'Non enregistré', '', 'A', 'La fréquence des bus après 20 heures, surtout.'],
  ['t3', '2026-02-04 08:01:33', '12ab', 'Enregistré', 'La voiture, faute de bus le dimanche', 'A, B', 'Rien'],
  ['t4', '2026-02-04 09:01:33', '12ac', 'Enregistré', '', 'A, B', ''],
];

describe('Decidim', () => {
  test('a survey: the session is the person, the number before a wording is not asked', async () => {
    const { plan, items } = await read(DECIDIM_SURVEY, 'export.csv', ';');
    expect(plan).toMatchObject({
      platform: 'decidim',
      id: 'ID de réponse',
      participant: ['ID de réponse'],
      date: 'Répondu le',
    });
    expect(plan.questions.map(({ title }) => title)).toEqual([
      'Quel mode de déplacement utilisez-vous, et pourquoi ?',
      'Que changeriez-vous ?',
    ]);
    expect(plan.attributes.map(({ column }) => column)).toEqual([
      "Statut de l'utilisateur",
      '2. Quelles lignes prenez-vous ?',
    ]);
    expect(plan.ignored).toEqual([{ column: 'Hachage IP', reason: 'personal' }]);
    expect(items.map(({ id }) => id)).toEqual([
      't1#quel_mode_de_deplacement_utilisez_vous_et_pourqu',
      't1#que_changeriez_vous',
      't2#que_changeriez_vous',
      't3#quel_mode_de_deplacement_utilisez_vous_et_pourqu',
      't3#que_changeriez_vous',
    ]);
    expect(items[2]).toMatchObject({ participant: 't2', attributes: { "Statut de l'utilisateur": 'Non enregistré' } });
  });

  test('proposals: a document is a body in its language, with the proposal’s own title', async () => {
    const head = [
      ...['id', 'author/id', 'author/name', 'category/id', 'category/name/fr', 'scope/id', 'participatory_space/id'],
      ...['participatory_space/url', 'component/id', 'title/fr', 'title/machine_translations/en', 'body/fr'],
      ...['body/machine_translations/en', 'state', 'reference', 'answer/fr', 'supports', 'published_at', 'url'],
    ];
    const proposal = (id: string, title: string, body: string) => [
      ...[
        id,
        `a${id}`,
        'Yvonne Tardieu',
        '3',
        'Nature',
        '',
        '1',
        'https://participer.exemple/p',
        '9',
        title,
        'A title',
      ],
      ...[
        body,
        'A translated body of several words',
        'accepted',
        `PR-${id}`,
        'Réponse officielle de la commune, longue.',
      ],
      ...['12', '2026-01-05 10:00:00', `https://participer.exemple/p/${id}`],
    ];
    const { plan, items } = await read([
      head,
      proposal('41', 'Un jardin partagé', 'Une parcelle derrière la mairie.'),
      proposal('42', 'Des bancs', 'Des bancs à l’ombre, tous les cent mètres.'),
    ]);
    expect(plan).toMatchObject({ platform: 'decidim', participant: ['author/id'], names: ['author/name'] });
    expect(items.map(({ title, text }) => `${title} : ${text}`)).toEqual([
      'Un jardin partagé : Une parcelle derrière la mairie.',
      'Des bancs : Des bancs à l’ombre, tous les cent mètres.',
    ]);
    expect(items[0]).toMatchObject({
      authors: ['Yvonne Tardieu'],
      attributes: { 'category/name/fr': 'Nature', state: 'accepted' },
      publishedAt: '2026-01-05 10:00:00',
    });
    expect(JSON.stringify(plan.ignored)).toContain('machine translation');
  });

  test('the same proposals as JSON', async () => {
    const proposals = [1, 2, 3].map((id) => ({
      id,
      participatory_space: { id: 1, url: 'https://participer.exemple' },
      component: { id: 4 },
      title: { fr: `Proposition ${id}` },
      body: { fr: `Il faudrait davantage de bancs, numéro ${id}.`, machine_translations: { en: 'More benches' } },
      published_at: '2026-01-05',
    }));
    const { items, plan } = await read(JSON.stringify(proposals), 'export.json');
    expect(plan.platform).toBe('decidim');
    expect(items.map(({ title, text }) => `${title} : ${text}`)).toEqual(
      [1, 2, 3].map((id) => `Proposition ${id} : Il faudrait davantage de bancs, numéro ${id}.`),
    );
  });
});

describe('Cap Collectif', () => {
  test('a questionnaire with its authors', async () => {
    const { plan, items } = await read([
      [
        ...['export_contribution_type', 'export_contribution_id', 'export_contribution_author_id'],
        ...['export_contribution_published_at', 'export_contribution_author', 'export_contribution_author_email'],
        ...['export_contribution_author_phone', 'export_contribution_anonymous', 'Que vous inspire le projet ?'],
        'Votre catégorie socio-professionnelle',
      ],
      [
        'reply',
        'r1',
        'u7',
        '2026-03-01 00:00:00',
        'Amédée',
        'amedee@exemple.fr',
        '+33611223344',
        'Non',
        'Un beau projet, trop cher.',
        'Retraité',
      ],
      [
        'reply',
        'r2',
        'u7',
        '2026-03-02 00:00:00',
        'Amédée',
        'amedee@exemple.fr',
        '+33611223344',
        'Non',
        'J’y reviens : trop cher.',
        'Retraité',
      ],
    ]);
    expect(plan).toMatchObject({
      platform: 'cap-collectif',
      id: 'export_contribution_id',
      names: ['export_contribution_author'],
    });
    expect(items.map(({ id, participant }) => `${id} ${participant}`)).toEqual([
      'r1#que_vous_inspire_le_projet u7',
      'r2#que_vous_inspire_le_projet u7',
    ]);
    expect(items[0]!.attributes).toEqual({ 'Votre catégorie socio-professionnelle': 'Retraité' });
    expect(JSON.stringify([items[0]!.fields, items[0]!.attributes, items[0]!.text])).not.toMatch(/amedee|0611|33611/i);
  });

  test('proposals whose cells votes and comments repeat: each is said once', async () => {
    const head = [
      ...['contribution_type', 'proposal_id', 'proposal_title', 'proposal_createdAt', 'proposal_author_id'],
      ...['proposal_author_username', 'proposal_author_email', 'proposal_category_name', 'proposal_description'],
      ...['proposal_votes_id', 'proposal_comments_id', 'proposal_comments_body'],
    ];
    const cells = [
      'p1',
      'Une fontaine',
      '2026-01-01',
      'u1',
      'zoe',
      'zoe@exemple.fr',
      'Eau',
      'Une fontaine sur la place.',
    ];
    const { items, events } = await read([
      head,
      ['proposal', ...cells, '', '', ''],
      ['proposalVote', ...cells, 'v1', '', ''],
      ['proposalVote', ...cells, 'v2', '', ''],
      ['proposalComment', ...cells, '', 'c1', 'Et qui paie l’eau de cette fontaine ?'],
    ]);
    expect(items.map(({ title, text }) => `${title} : ${text}`)).toEqual([
      'Une fontaine : Une fontaine sur la place.',
      'proposal_comments_body : Et qui paie l’eau de cette fontaine ?',
    ]);
    const told = events.find((event) => event.kind === 'evidence')!.detail;
    expect(told).toMatchObject({
      rows: 4,
      rowsWithoutAnswer: 2,
      questions: [
        { column: 'proposal_description', answers: 1, repeated: 3, blank: 0 },
        { column: 'proposal_comments_body', answers: 1, repeated: 0, blank: 3 },
      ],
    });
  });

  test('open data of a great debate: wordings without their identifiers', async () => {
    const { plan, items } = await read([
      [
        ...[
          'id',
          'reference',
          'title',
          'createdAt',
          'publishedAt',
          'updatedAt',
          'trashed',
          'trashedStatus',
          'authorId',
        ],
        ...['authorType', 'authorZipCode', 'QUXVlc3Rpb246MTYw - Quel est pour vous le problème le plus urgent ?'],
        'QUXVlc3Rpb246MTYx - Que faudrait-il faire ?',
      ],
      [
        'P1',
        '2-1',
        'La forêt',
        '2026-01-22 09:37:32',
        '2026-01-22 09:37:32',
        '',
        'false',
        '',
        'VX1',
        'Citoyen',
        '97231',
        'La sécheresse et les incendies',
        'Planter des essences qui résistent',
      ],
      [
        'P2',
        '2-2',
        'L’air',
        '2026-01-23 09:37:32',
        '2026-01-23 09:37:32',
        '',
        'false',
        '',
        'VX2',
        'Citoyen',
        '57000',
        '',
        'Moins de camions dans la vallée',
      ],
    ]);
    expect(plan).toMatchObject({ platform: 'cap-collectif', participant: ['authorId'], territory: 'authorZipCode' });
    expect(items.slice(-1)).toMatchObject([
      {
        title: 'Que faudrait-il faire ?',
        text: 'Moins de camions dans la vallée',
        territory: '57000',
        publishedAt: '2026-01-23 09:37:32',
        attributes: { authorType: 'Citoyen' },
      },
    ]);
  });
});

describe('démarches simplifiées', () => {
  const head = [
    ...['ID', 'Email', 'FranceConnect ?', 'Civilité', 'Nom', 'Prénom', 'Dépôt pour un tiers', 'Nom du mandataire'],
    ...['Prénom du mandataire', 'Archivé', 'État du dossier', 'Dernière mise à jour le', 'Déposé le'],
    ...['Passé en instruction le', 'Traité le', 'Motivation de la décision', 'Instructeurs'],
    ...[
      'Commune de résidence',
      'Commune de résidence (Code INSEE)',
      'Décrivez votre difficulté',
      'Téléphone de rappel',
    ],
  ];
  const file = (id: string, words: string) => [
    ...[id, `personne${id}@exemple.fr`, 'false', 'Mme', 'Vauquelin', 'Ernestine', 'false', '', '', 'false', 'Accepté'],
    ...['02/03/2026 10:00', '01/03/2026 09:00', '', '', 'Dossier complet et recevable ce jour', 'agent@exemple.fr'],
    ...['Val-Clair', '38185', words, '0476000000'],
  ];
  const rows = [
    head,
    file('101', 'Le formulaire refuse ma pièce jointe depuis lundi.'),
    file('102', 'Je n’ai pas d’imprimante chez moi.'),
  ];

  test('a file is a person known by mail; agents and decisions are left out', async () => {
    const { plan, items, columns } = await read(rows, 'dossiers.csv', ';');
    expect(plan).toMatchObject({
      platform: 'demarches-simplifiees',
      id: 'ID',
      participant: ['Email'],
      date: 'Déposé le',
      territory: 'Commune de résidence (Code INSEE)',
      names: ['Nom', 'Prénom', 'Nom du mandataire', 'Prénom du mandataire'],
    });
    expect(columns).toEqual(['Décrivez votre difficulté']);
    expect(items[0]).toMatchObject({
      id: '101#decrivez_votre_difficulte',
      authors: ['Vauquelin Ernestine', 'Vauquelin', 'Ernestine'],
      participant: 'personne101@exemple.fr',
      attributes: { Civilité: 'Mme' },
    });
    expect(JSON.stringify([items[0]!.fields, items[0]!.text])).not.toMatch(/vauquelin|exemple\.fr|0476/i);
  });

  test('is recognised in any of its charsets', () => {
    const text = csv(rows, ';');
    expect(claimed(text)).toBe(true);
    expect(claimed(`\u{feff}${text}`)).toBe(true);
    expect(claimed(Buffer.from(text, 'latin1'))).toBe(true);
  });
});

describe('LimeSurvey', () => {
  test('codes for heads: sub-questions, comments and a token for the person', async () => {
    const head = [
      ...['id', 'submitdate', 'lastpage', 'startlanguage', 'seed', 'token', 'startdate', 'datestamp', 'ipaddr'],
      ...['G1Q1', 'G1Q2[SQ001]', 'G1Q2[SQ002]', 'G1Q2[other]', 'G2Q1'],
    ];
    const answer = (id: number, other: string, words: string) => [
      ...[String(id), '2026-02-01 10:00:00', '4', 'fr', `9${id}1`, `tok${id}`, '2026-02-01 09:50:00'],
      ...[
        '2026-02-01 10:00:00',
        `10.0.0.${id}`,
        id % 2 === 0 ? 'A1' : 'A2',
        id % 3 === 0 ? 'Y' : '',
        'Y',
        other,
        words,
      ],
    ];
    const rows = Array.from({ length: 12 }, (_, at) =>
      answer(
        at + 1,
        at === 4 ? 'En trottinette avec les enfants' : '',
        `Remarque numéro ${at} sur la place du marché.`,
      ),
    );
    const { plan, items, columns } = await read([head, ...rows]);
    expect(plan).toMatchObject({ platform: 'limesurvey', id: 'id', participant: ['token'], date: 'submitdate' });
    expect(columns).toEqual(['G1Q2[other]', 'G2Q1']);
    expect(plan.attributes.map(({ column }) => column)).toEqual([
      'startlanguage',
      'G1Q1',
      'G1Q2[SQ001]',
      'G1Q2[SQ002]',
    ]);
    expect(items).toHaveLength(13);
    expect(items[0]).toMatchObject({
      id: '1#g2q1',
      participant: 'tok1',
      attributes: { G1Q1: 'A2', startlanguage: 'fr' },
    });
  });

  test('full French wordings, with or without codes before them', async () => {
    const plain = ['ID de la réponse', 'Date de soumission', 'Dernière page', 'Langue de départ', 'Tête de série'];
    const coded = [
      'id. Response ID',
      'submitdate. Date submitted',
      'lastpage. Last page',
      'startlanguage. Start language',
      'seed. Seed',
    ];
    const cells = ['7', '2026-02-01 10:00:00', '4', 'fr', '123456'];
    const first = await read([
      [...plain, 'Qu’attendez-vous du nouveau quai ?'],
      [...cells, 'De l’ombre et des bancs pour attendre.'],
    ]);
    const second = await read([
      [...coded, 'G1Q1. Qu’attendez-vous du nouveau quai ?'],
      [...cells, 'De l’ombre et des bancs pour attendre.'],
    ]);
    for (const { plan, items } of [first, second]) {
      expect(plan.platform).toBe('limesurvey');
      expect(items).toMatchObject([
        {
          id: '7#qu_attendez_vous_du_nouveau_quai',
          title: 'Qu’attendez-vous du nouveau quai ?',
          publishedAt: '2026-02-01 10:00:00',
        },
      ]);
    }
  });
});

describe('a head', () => {
  test('is claimed only where it is clearly a platform’s', () => {
    expect(claimed(csv(DECIDIM_SURVEY, ','))).toBe(true);
    expect(claimed('id,submitdate,lastpage,startlanguage,Q1\n1,,,fr,Oui\n')).toBe(true);
    const others = [
      'id,titre,texte,date\n1,a,b,2026-01-01\n',
      'Identifiant;Proposition;Titre de la proposition;Sens;Votes;Contribution\n1;2;Droit;pour;0;Oui\n',
      '{"submitdate": 1, "lastpage": 2}',
      '<rss version="2.0"><channel>',
      'PK\u0003\u0004submitdate,lastpage',
      '',
      'Bonjour, submitdate et lastpage sont des mots.',
    ];
    expect(others.map(claimed)).toEqual(others.map(() => false));
  });
});
