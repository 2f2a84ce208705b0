import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collecting } from '../../../test/collecting.ts';
import { workbook } from '../../../test/workbook.ts';
import type { Item } from '../../model/item.ts';
import type { Json } from '../../model/json.ts';
import type { Collected } from '../collector.ts';
import type { Plan } from '../questionnaire-plan.ts';
import consultation from './consultation.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'questionnaires-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

const csv = (rows: readonly (readonly string[])[], delimiter = ',') =>
  `${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')}\r\n`;

async function read(config: object, states = new Map<string, Json>()) {
  const collected = await collecting(consultation, config, { root, states, now: '2026-03-01T12:00:00Z' });
  const plans = collected.openings.map((opening) => opening.context.plan as unknown as Plan);
  return { ...collected, plan: plans[0]!, plans };
}

const evidence = (events: readonly Collected[]) =>
  events.filter((event) => event.kind === 'evidence').map((event) => event.detail);
const reasons = (plan: Plan) => Object.fromEntries(plan.ignored.map(({ column, reason }) => [column, reason]));
const told = (items: readonly Item[]) => items.map(({ id, title, text }) => `${id} | ${title} | ${text}`);

const OPINIONS = [
  'Il faut plus de bus le soir, surtout après la fermeture des commerces.',
  'Les pistes cyclables s’arrêtent net au rond-point, c’est dangereux.',
  'Rien à redire, le marché du samedi est très bien tenu.',
  'Le stationnement devant l’école est impossible à 8 h 30.',
  'Plantez des arbres sur la place, on y cuit en juillet.',
  'La médiathèque ferme trop tôt pour ceux qui travaillent.',
];

/** A plain questionnaire of the town hall: one person a row, as a spreadsheet would export it. */
function townHall(people: number): readonly (readonly string[])[] {
  const head = [
    'Horodateur',
    'Votre nom',
    'Adresse e-mail',
    'Téléphone',
    'Quel est votre âge ?',
    'Votre quartier',
    'Quel est votre code postal ?',
    'Quels transports utilisez-vous ?',
    'Êtes-vous satisfait des transports ?',
    'Que faut-il améliorer en priorité ?',
    'Avez-vous une autre remarque ?',
  ];
  const rows = Array.from({ length: people }, (_, at) => [
    `0${1 + (at % 9)}/02/2026 10:0${at % 10}`,
    `Odette Marcheval ${at}`,
    `odette${at}@exemple.fr`,
    `06 12 34 5${at % 10} 78`,
    String(20 + (at % 50)),
    ['Centre', 'Les Tilleuls', 'Bords de Loire'][at % 3]!,
    ['38000', '38100', '38600'][at % 3]!,
    ['Bus, Vélo', 'Voiture', 'Marche, Bus', 'Vélo'][at % 4]!,
    ['Tout à fait', 'Plutôt', 'Pas du tout'][at % 3]!,
    `${OPINIONS[at % OPINIONS.length]} (${at})`,
    at % 2 === 0 ? '' : `${OPINIONS[(at + 1) % OPINIONS.length]} Merci, ${at}.`,
  ]);
  return [head, ...rows];
}

describe('a plain questionnaire', () => {
  test('is told open questions from closed ones, and people from both', async () => {
    put('mairie.csv', csv(townHall(60)));
    const { plan, items, events } = await read({ path: 'mairie.csv' });
    expect(plan.platform).toBeNull();
    expect(plan.questions.map(({ title }) => title)).toEqual([
      'Que faut-il améliorer en priorité ?',
      'Avez-vous une autre remarque ?',
    ]);
    expect(plan.attributes.map(({ column }) => column)).toEqual([
      'Quel est votre âge ?',
      'Votre quartier',
      'Quels transports utilisez-vous ?',
      'Êtes-vous satisfait des transports ?',
    ]);
    expect(plan).toMatchObject({ participant: ['Adresse e-mail'], territory: 'Quel est votre code postal ?' });
    expect(reasons(plan)).toEqual({ 'Votre nom': 'personal', Téléphone: 'personal' });
    expect(items).toHaveLength(90);
    expect(items[3]).toMatchObject({
      id: null,
      title: 'Que faut-il améliorer en priorité ?',
      text: `${OPINIONS[2]} (2)`,
      publishedAt: '03/02/2026 10:02',
      territory: '38600',
      authors: ['Odette Marcheval 2'],
      participant: 'odette2@exemple.fr',
      url: null,
    });
    expect(items[0]!.fields.slice(0, 3)).toEqual([
      ['question', 'Que faut-il améliorer en priorité ?'],
      ['Quel est votre âge ?', '20'],
      ['Votre quartier', 'Centre'],
    ]);
    expect(evidence(events)).toMatchObject([
      {
        rows: 60,
        rowsWithoutAnswer: 0,
        questions: [
          { title: 'Que faut-il améliorer en priorité ?', answers: 60, blank: 0, declined: 0 },
          { title: 'Avez-vous une autre remarque ?', answers: 30, blank: 30, declined: 0 },
        ],
      },
    ]);
  });

  test('keeps what tells who a person is out of every document', async () => {
    put('mairie.csv', csv(townHall(60)));
    const { items } = await read({ path: 'mairie.csv' });
    const shown = items.map(({ title, text, fields, attributes, id, findings }) =>
      JSON.stringify([title, text, fields, attributes, id, findings]),
    );
    expect(shown.filter((item) => /odette|marcheval|exemple\.fr|06 12/i.test(item))).toEqual([]);
    // The bytes of a row are kept once for its answers: they are what erasure erases.
    expect(new Set(items.map(({ participant }) => participant)).size).toBe(60);
  });

  test('reads the same in windows-1252 with semicolons, in a workbook and in JSON', async () => {
    const rows = townHall(40);
    put('mairie.csv', Buffer.from(csv(rows, ';').replaceAll('’', "'"), 'latin1'));
    put('mairie.xlsx', workbook(rows));
    const [head, ...people] = rows;
    put(
      'mairie.json',
      JSON.stringify(people.map((row) => Object.fromEntries(row.map((cell, at) => [head![at], cell])))),
    );
    const plain = (items: readonly Item[]) =>
      items.map(({ title, text, participant, territory, attributes }) => ({
        title,
        text: text.replaceAll('’', "'"),
        participant,
        territory,
        attributes,
      }));
    const first = await read({ path: 'mairie.csv' });
    expect(first.openings[0]).toMatchObject({ charset: 'windows-1252' });
    expect(first.items).toHaveLength(60);
    expect(plain((await read({ path: 'mairie.xlsx' })).items)).toEqual(plain(first.items));
    expect(plain((await read({ path: 'mairie.json' })).items)).toEqual(plain(first.items));
  });

  test('keeps answers of several lines whole, and every one of two rows that are the same', async () => {
    const answer = 'Première ligne :\n- un banc ;\n- "de l’ombre".';
    put(
      'a.csv',
      csv([
        ['id', 'Votre avis ?'],
        ['1', answer],
        ['2', answer],
        ['2', answer],
      ]),
    );
    const { items, events } = await read({ path: 'a.csv', questions: ['Votre avis ?'] });
    expect(told(items)).toEqual([
      `1#votre_avis | Votre avis ? | ${answer}`,
      `2#votre_avis | Votre avis ? | ${answer}`,
      `2#votre_avis | Votre avis ? | ${answer}`,
    ]);
    const parts = events.flatMap((event) => (event.kind === 'record' ? [event.part] : []));
    expect(new Set(parts).size).toBe(1);
  });

  test('links the answers of a row that names nobody, within its file only', async () => {
    const rows = [
      ['id', 'Que garder du quai ?', 'Que changer au quai ?'],
      ['1', OPINIONS[0]!, OPINIONS[1]!],
      ['2', OPINIONS[2]!, ''],
    ];
    put('a.csv', csv(rows));
    put('b.csv', csv(rows));
    const { items } = await read({ path: ['a.csv', 'b.csv'] });
    expect(items.map(({ participant }) => participant)).toEqual([
      ...['row a.csv 1', 'row a.csv 1', 'row a.csv 2'],
      ...['row b.csv 1', 'row b.csv 1', 'row b.csv 2'],
    ]);
    // One question: a row is as good as its document.
    put('c.csv', csv(rows.map((row) => row.slice(0, 2))));
    expect((await read({ path: 'c.csv' })).items.map(({ participant }) => participant)).toEqual([null, null]);
  });

  test('takes words of refusal for no answer, and short answers where the settings say so', async () => {
    const refusals = ['NSP', 'ne se prononce pas', 'R.A.S.', 'Néant', '-', '…', 'N/A', 'Sans objet'];
    const answers = ['Rien', 'Non', 'aucun', 'Oui !', '👍'];
    const rows = [...refusals, ...answers].map((text, at) => [`r${at}`, text]);
    put('a.csv', csv([['id', 'Que manque-t-il ?'], ...rows]));
    const { items, events } = await read({ path: 'a.csv', questions: ['Que manque-t-il ?'] });
    const declined = items.filter(({ findings }) => findings.some(({ code }) => code === 'no-answer'));
    expect(declined.map(({ id, text }) => `${id} ${text}`)).toEqual(refusals.map((_, at) => `r${at}#que_manque_t_il `));
    expect(items.filter(({ text }) => text !== '').map(({ text }) => text)).toEqual(answers);
    expect(evidence(events)).toMatchObject([{ questions: [{ answers: 13, declined: 8, blank: 0 }] }]);
    const stricter = await read({ path: 'a.csv', questions: ['Que manque-t-il ?'], minimumAnswer: 4 });
    expect(stricter.items.filter(({ text }) => text !== '').map(({ text }) => text)).toEqual([
      'Rien',
      'aucun',
      'Oui !',
    ]);
  });
});

describe('the settings', () => {
  beforeEach(() => put('mairie.csv', csv(townHall(30))));

  test('name questions with their wording, attributes, people and what is left out', async () => {
    const { plan, items } = await read({
      path: 'mairie.csv',
      questions: [{ column: 'Avez-vous une autre remarque ?', title: 'Remarque libre' }],
      attributes: [{ column: 'votre quartier', name: 'quartier' }],
      participant: ['Votre nom', 'Téléphone'],
      ignore: ['Horodateur'],
      territory: 'Quel est votre code postal ?',
    });
    expect(items).toHaveLength(15);
    expect(items[0]).toMatchObject({
      title: 'Remarque libre',
      attributes: { quartier: 'Les Tilleuls' },
      participant: 'Odette Marcheval 1 06 12 34 51 78',
      publishedAt: null,
    });
    expect(reasons(plan)).toMatchObject({
      Horodateur: 'the settings say so',
      'Adresse e-mail': 'personal',
      'Quel est votre âge ?': 'looks closed, and the settings do not name it',
      'Que faut-il améliorer en priorité ?': 'looks open, and the settings do not name it',
    });
  });

  test('cannot make a personal column an attribute, nor name one that is not there', async () => {
    const refused = async (config: object) => {
      const { events, items } = await read({ path: 'mairie.csv', ...config });
      expect(items).toEqual([]);
      return events.flatMap((event) => (event.kind === 'refusal' ? [event.message] : []));
    };
    expect(await refused({ attributes: ['Adresse e-mail'] })).toEqual([
      'column `Adresse e-mail` of mairie.csv is personal',
    ]);
    expect(await refused({ id: 'Adresse e-mail' })).toHaveLength(1);
    expect((await refused({ questions: ['Votre âge préféré'] }))[0]).toContain('has no column `Votre âge préféré`');
    expect(consultation.config.safeParse({ path: 'a', map: { text: 'b' } }).success).toBe(false);
  });

  test('are part of the recipe, and another plan is collected again', async () => {
    const config = (given: object) => consultation.config.parse({ path: 'mairie.csv', ...given });
    const reading = (given: object) => JSON.stringify(consultation.reading!(config(given)));
    expect(reading({})).toBe(reading({ path: 'ailleurs.csv', maximumBytes: 1_000_000 }));
    expect(reading({})).not.toBe(reading({ questions: ['Avez-vous une autre remarque ?'] }));
    const states = new Map<string, Json>();
    expect((await read({ path: 'mairie.csv' }, states)).items).toHaveLength(45);
    expect((await read({ path: 'mairie.csv' }, states)).events).toEqual([]);
    expect((await read({ path: 'mairie.csv', attributes: [] }, states)).items).toHaveLength(45);
  });
});

describe('a table without free answers', () => {
  test('is refused, and the sheets beside it are read', async () => {
    const figures = [
      ['commune', 'habitants'],
      ...Array.from({ length: 9 }, (_, at) => [`Val ${at}`, String(1000 + at)]),
    ];
    put('chiffres.csv', csv(figures));
    const { events } = await read({ path: 'chiffres.csv' });
    expect(events.map(({ kind }) => kind)).toEqual(['refusal']);
    put('classeur.xlsx', workbook(townHall(30), figures));
    const states = new Map<string, Json>();
    const both = await read({ path: 'classeur.xlsx' }, states);
    expect(both.openings.map(({ location }) => location)).toEqual(['classeur.xlsx#Feuil1']);
    expect(both.refusals).toEqual(['input-unreadable classeur.xlsx#Feuil2']);
    expect((await read({ path: 'classeur.xlsx' }, states)).events).toEqual([]);
  });

  test('pages have no questions, an export without a row has none yet', async () => {
    put('page.txt', 'Bonjour, voici mon avis.');
    expect((await read({ path: 'page.txt' })).refusals).toEqual(['input-unreadable page.txt']);
    put('vide.csv', csv([['id', 'submitdate', 'lastpage', 'startlanguage', 'Q1']]));
    const { events } = await read({ path: 'vide.csv' });
    expect(events.map(({ kind }) => kind)).toEqual(['opening', 'evidence', 'closing']);
  });
});
