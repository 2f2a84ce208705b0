import { describe, expect, test } from 'vitest';
import { isForwarded, ownWords } from './mail-history.ts';
import { ownHtml } from './mail-html.ts';

const own = (text: string, forwarded = false) => ownWords(text, { forwarded });

describe('a text keeps its own words', () => {
  test.each([
    [
      'Gmail',
      'Merci.\n\nLe mar. 3 mars 2026 à 10:15, Mairie <mairie@val.example> a écrit :\n\n> Bonjour,\n> Voici.\n',
      3,
    ],
    [
      'Gmail, folded',
      'Merci.\n\nLe mar. 3 mars 2026 à 10:15, Mairie de Val-Clair\n<mairie@val.example> a écrit :\n> Voici.',
      3,
    ],
    ['Thunderbird', 'Merci.\n\nLe 03/03/2026 à 10:15, Mairie a écrit :\n> Bonjour,\n>\n> Voici.', 4],
    ['Apple', 'Merci.\n\n> Le 3 mars 2026 à 10:15, Mairie <mairie@val.example> a écrit :\n> \n> Voici.', 3],
    ['English', 'Merci.\n\nOn Tue, Mar 3, 2026 at 10:15 AM Mairie <mairie@val.example> wrote:\n> Voici.', 2],
    [
      'Outlook',
      'Merci.\n\nDe : Mairie\nEnvoyé : mardi 3 mars 2026 10:15\nÀ : Usager\nObjet : RE: Bus\n\nBonjour,\nVoici.',
      6,
    ],
    [
      'Outlook, English',
      'Merci.\n\nFrom: Mairie\nSent: Tuesday, March 3, 2026 10:15\nTo: Usager\nSubject: RE: Bus\n\nVoici.',
      5,
    ],
    ['old Outlook', "Merci.\n\n-----Message d'origine-----\nDe : Mairie\nVoici.", 3],
    ['no mark at all', 'Merci.\n\nLe 3 mars 2026 à 10:15, Mairie a écrit :\nBonjour,\nVoici.', 3],
  ])('as %s writes them', (_, text, quoted) => {
    expect(own(text)).toEqual({ text: 'Merci.', quoted, signature: 0 });
  });

  test('between the lines that it answers', () => {
    const text = 'Le 03/03/2026 à 10:15, Mairie a écrit :\n> Quand ?\nDepuis lundi.\n> Où ?\nRue des Tilleuls.';
    expect(own(text)).toEqual({ text: 'Depuis lundi.\nRue des Tilleuls.', quoted: 3, signature: 0 });
  });

  test.each([
    ['a mark', 'Merci.\n-- \nJeanne Durand\n06 00 00 00 00', 3],
    ['a telephone', 'Merci.\n\nEnvoyé de mon iPhone', 1],
    ['another telephone', 'Merci.\n\nEnvoyé depuis l’application Mail Orange', 1],
    ['a program', 'Merci.\n\nTélécharger Outlook pour Android', 1],
  ])('without the signature below %s', (_, text, signature) => {
    expect(own(text)).toEqual({ text: 'Merci.', quoted: 0, signature });
  });

  test.each([
    'Le 3 mars, le maire a écrit :\nnous réparerons la rue.',
    'De : la mairie, je n’attends plus rien.\nBonne journée.',
    `Mon avis tient en un mot\n--\n${'une ligne de plus\n'.repeat(20).trim()}`,
    'Le bus passe à 10:15, le suivant à 11:20.',
    'On nous écrit souvent.\nMerci.',
  ])('where they only look like something else: %#', (text) => {
    expect(own(text)).toEqual({ text, quoted: 0, signature: 0 });
  });

  test('whole, where nothing of its own would be left', () => {
    const text = '> Tout ce qui suit est cité.\n> Rien d’autre.';
    expect(own(text)).toEqual({ text, quoted: 0, signature: 0 });
  });

  test('and what it forwards, without the history below that', () => {
    expect(isForwarded('TR : Plainte')).toBe(true);
    expect(isForwarded('Triste affaire')).toBe(false);
    const block = (name: string) => `De : ${name}\nEnvoyé : mardi 3 mars 2026 10:15\nÀ : Mairie\nObjet : Plainte\n`;
    const text = `Pour info.\n\n${block('Usager')}\nLe trottoir est cassé.\n\n${block('Mairie')}\nAncien échange.`;
    const found = own(text, true);
    expect(found.text).toContain('Le trottoir est cassé.');
    expect(found.text).not.toContain('Ancien échange');
    const gmail =
      'Pour info.\n\n---------- Forwarded message ---------\nDe : Usager\nDate : mar. 3 mars\nÀ : x\nSubject: y\n\nLe trottoir.';
    expect(own(gmail).text).toContain('Le trottoir.');
  });

  test('in linear time, whatever is written', () => {
    const hostile = [
      'Le '.repeat(200_000),
      `De :${' '.repeat(500_000)}`,
      '>'.repeat(500_000),
      'Le 3 mars 10:15\n'.repeat(100_000),
      `${'-'.repeat(500_000)} message`,
      'De : a\nEnvoyé :\n'.repeat(100_000),
      `${' '.repeat(500_000)}x`,
    ];
    const startedAt = performance.now();
    for (const text of hostile) own(text);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});

describe('a page keeps its own words', () => {
  test.each([
    [
      'Gmail',
      '<div>Merci.</div><div class="gmail_quote"><div class="gmail_attr">Le 3 mars…</div><blockquote>Voici.</blockquote></div>',
    ],
    [
      'Thunderbird',
      '<p>Merci.</p><div class="moz-cite-prefix">Le 3 mars…</div><blockquote type="cite">Voici.</blockquote>',
    ],
    [
      'Outlook on the web',
      '<div>Merci.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">De : x</div><div>Voici.</div>',
    ],
    [
      'Outlook',
      '<p>Merci.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p>De : x</p></div><p>Voici.</p>',
    ],
    ['Zimbra', '<p>Merci.</p><hr id="zwchr"><p>De : x</p><p>Voici.</p>'],
  ])('as %s writes them', (_, html) => {
    const found = ownHtml(html, { forwarded: false });
    expect(found.html).toContain('Merci.');
    expect(found.html).not.toContain('Voici.');
    expect(found.quoted).toBeGreaterThan(0);
  });

  test('without signature, whole where nothing would be left, and with what it forwards', () => {
    const signed = '<p>Merci.</p><div class="gmail_signature">Jeanne <b>Durand</b></div><p>Encore.</p>';
    expect(ownHtml(signed, { forwarded: false })).toEqual({
      html: '<p>Merci.</p><p>Encore.</p>',
      quoted: 0,
      signature: 12,
    });
    const only = '<div class="gmail_quote">Voici.</div>';
    expect(ownHtml(only, { forwarded: false }).html).toBe(only);
    const forwarded = '<div>Pour info</div><div class="gmail_quote">Voici.</div>';
    expect(ownHtml(forwarded, { forwarded: true }).html).toBe(forwarded);
  });
});
