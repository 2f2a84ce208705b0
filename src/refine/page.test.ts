import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../model/item.ts';
import { DEFAULT_RECIPE } from '../model/recipe.ts';
import { readPage } from './page.ts';
import { readTree } from './page-tree.ts';
import { refine } from './refine.ts';

const FIRST =
  'La médiathèque de Val-Clair ouvrira désormais le dimanche matin, de dix heures à treize heures, a décidé le conseil municipal.';
const SECOND =
  'Les associations le demandaient depuis deux ans ; un sondage mené à la rentrée avait recueilli quatre cents réponses favorables.';

/** What surrounds an article on most sites, as their themes name it. */
function site(article: string, head = ''): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>La médiathèque ouvre le dimanche - Ville de Val-Clair</title>${head}</head>
<body class="has-sidebar single-post"><a class="skip-link" href="#m">Aller au contenu</a>
<div id="tarteaucitronRoot"><p>Ce site utilise des cookies pour mesurer sa fréquentation. Vous pouvez les refuser à tout moment.</p><button>Tout accepter</button></div>
<header class="site-header"><a href="/">Ville de Val-Clair</a><nav><ul><li><a href="/a">Actualités</a></li><li><a href="/b">Démarches</a></li></ul></nav></header>
<div class="fil-ariane"><a href="/">Accueil</a> &gt; <a href="/a">Actualités</a></div>
<div id="wrapper"><div class="col-main">${article}</div>
<div class="col-right"><h3>Agenda</h3><ul><li><a href="/1">Marché de Noël sur la place</a></li><li><a href="/2">Conseil municipal</a></li><li><a href="/3">Loto des aînés</a></li></ul></div></div>
<div id="bas"><p>Mairie de Val-Clair, 1 place de la République. <a href="/m">Mentions légales</a> <a href="/c">Contact</a></p></div></body></html>`;
}

describe('the main content', () => {
  test('is what remains without banners, menus, share bars, related pages and comments', () => {
    const page = readPage(
      site(`<h1>La médiathèque ouvre le dimanche</h1><p class="post-meta">Publié le 12 mai 2026 par Claire Dubreuil</p>
<div class="chapo">${FIRST}</div><div class="share-buttons"><a href="#">Partager sur un réseau</a></div>
<div class="texte"><p>${SECOND}</p><h2>Et ensuite ?</h2><ul><li>Un bilan à six mois</li><li>Une nouvelle enquête</li></ul>
<p>Lire aussi : <a href="/x">Le budget des associations</a></p>
<table><tr><th>Jour</th><th>Heures</th></tr><tr><td>Dimanche</td><td>10 h - 13 h</td></tr></table></div>
<h2>Sur le même sujet</h2><ul class="liens"><li><a href="/y">La ludothèque fait peau neuve</a></li><li><a href="/z">Trois jours de contes</a></li><li><a href="/w">Le prix des lecteurs</a></li></ul>
<section id="commentaires"><h2>2 commentaires</h2><p>${'Très bonne nouvelle, merci à toute l’équipe de la médiathèque. '.repeat(12)}</p></section>`),
    );
    expect(page.text).toBe(
      `${FIRST}\n\n${SECOND}\n\nEt ensuite ?\n\n- Un bilan à six mois\n- Une nouvelle enquête\n\nJour | Heures\nDimanche | 10 h - 13 h`,
    );
    expect(page.title).toBe('La médiathèque ouvre le dimanche');
  });

  test('does not need names: the densest part is taken', () => {
    const row = (words: string) => `<tr><td>${words}</td></tr>`;
    const page = readPage(
      `<html><body><table>${row('<a href=1>Accueil</a> | <a href=2>Plan</a> | <a href=3>Liens</a>')}${row(`<font><b>Bienvenue</b><br><br>${FIRST}<br><br>${SECOND}</font>`)}${row('<a href=4>Retour</a>')}</table></body></html>`,
    );
    expect(page.text).toBe(`Bienvenue\n\n${FIRST}\n\n${SECOND}`);
  });

  test('is kept whole whatever its container is called', () => {
    for (const name of ['sidebar', 'modal', 'promo', 'nav', 'print']) {
      expect(readPage(site(`<div class="${name}"><p>${FIRST}</p><p>${SECOND}</p></div>`)).text).toContain(SECOND);
    }
  });

  test('of a discussion is the discussion', () => {
    const posts = [FIRST, SECOND, FIRST.toUpperCase()].map((words) => `<div class="comment"><p>${words}</p></div>`);
    expect(readPage(`<html><body><h1>Forum</h1>${posts.join('')}</body></html>`).text).toContain(SECOND);
  });

  test('of a short page is its main element, else all of it', () => {
    const menu = '<nav><a href="/">Accueil</a></nav>';
    expect(readPage(`<html><body>${menu}<main><p>Fermé lundi</p></main></body></html>`).text).toBe('Fermé lundi');
    expect(readPage(`<html><body>${menu}<div>Fermé lundi</div></body></html>`).text).toBe('Fermé lundi');
    expect(readPage('<html><body></body></html>').text).toBe('');
  });

  test('keeps words of sentences that only look like tools', () => {
    const words = `<p class="paywall">${FIRST} <a class="popup" href="#">le dimanche</a> <span class="tag">matin</span>.</p>`;
    expect(readPage(site(words)).text).toContain('le dimanche matin.');
  });

  test('comes from beside the page where the page is a stub', () => {
    const script = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Dimanche","articleBody":"${`${FIRST} ${SECOND} `.repeat(4)}"}</script>`;
    expect(readPage(site('<div id="app">Chargement…</div>', script)).text).toContain(SECOND);
  });

  test('what is hidden is not read', () => {
    const hidden = `<p style="display:none">Non</p><p aria-hidden="true">Non</p><p hidden>Non</p><template><p>Non</p></template>`;
    expect(readPage(site(`<article><p>${FIRST}</p>${hidden}</article>`)).text).toBe(FIRST);
  });
});

describe('metadata', () => {
  const article = `<article><h1>Un titre de page</h1><p>${FIRST}</p></article>`;

  test('JSON-LD comes first, however it is nested and broken', () => {
    const script = `<script type="application/ld+json">
{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"Non"},{"@type":["NewsArticle"],"headline":"Le
titre","author":[{"@type":"Person","name":"Claire Dubreuil"},{"@id":"#luc"},{"@type":"Organization","name":"La rédaction"}],"datePublished":"2026-05-12T08:30:00+02:00"},{"@id":"#luc","@type":"Person","name":"Luc Berthelot"}]};</script>`;
    expect(readPage(site(article, `${script}<meta property="og:title" content="Autre">`))).toMatchObject({
      title: 'Le titre',
      authors: ['Claire Dubreuil', 'Luc Berthelot'],
      publishedAt: '2026-05-12T08:30:00+02:00',
    });
  });

  test('then Dublin Core, Open Graph and the names that systems invented', () => {
    const head =
      '<meta name="DC.title" content="Titre DC"><meta property="og:title" content="Titre OG"><meta name="author" content="par Claire Dubreuil et Luc Berthelot"><meta property="article:published_time" content="2026-05-12T08:30:00Z">';
    expect(readPage(site(article, head))).toMatchObject({
      title: 'Titre DC',
      authors: ['Claire Dubreuil', 'Luc Berthelot'],
      publishedAt: '2026-05-12T08:30:00Z',
    });
  });

  test('then microdata and what is written near the text', () => {
    const micro = `<div itemscope itemtype="https://schema.org/Article"><span itemprop="author" itemscope><b itemprop="name">Claire Dubreuil</b>, adjointe</span><time itemprop="datePublished" datetime="2026-05-12">mardi</time><p>${FIRST}</p></div>`;
    expect(readPage(site(micro))).toMatchObject({ authors: ['Claire Dubreuil'], publishedAt: '2026-05-12' });
    const written = `<div class="article"><p class="date">Publié le 12 mai 2026</p><span class="auteur">Par Luc Berthelot</span><p>${FIRST}</p></div>`;
    expect(readPage(site(written))).toMatchObject({ authors: ['Luc Berthelot'], publishedAt: 'Publié le 12 mai 2026' });
  });

  test('a date or name elsewhere on the page is not its own', () => {
    const today = `<div class="date">Mercredi 3 juin 2026 <a href="/meteo">Météo</a> <a href="/trafic">Trafic</a></div>`;
    expect(readPage(site(article).replace('<div class="fil', `${today}<div class="fil`)).publishedAt).toBeNull();
    expect(readPage(site(article, '<meta name="author" content="https://val-clair.example/u/12">')).authors).toEqual(
      [],
    );
    expect(readPage(site(`${article}<footer>© 2026</footer>`)).publishedAt).toBeNull();
  });

  test.each([
    ['Horaires | Val-Clair', '', '', 'Horaires | Val-Clair'],
    ['Les horaires de la piscine | Val-Clair', '', '', 'Les horaires de la piscine'],
    ['Horaires | Val-Clair', 'Val-Clair', '', 'Horaires'],
    ['Val-Clair – Horaires', 'Val-Clair', '', 'Horaires'],
    ['Plan vélo - une ambition', '', 'Plan vélo - une ambition', 'Plan vélo - une ambition'],
    ['Piscine - Horaires - Val-Clair', '', 'Piscine - Horaires', 'Piscine - Horaires'],
    ['', '', 'Un titre de page', 'Un titre de page'],
  ])('the title of %j is without its site', (title, siteName, heading, expected) => {
    const html = `<html><head><title>${title}</title>${siteName && `<meta property="og:site_name" content="${siteName}">`}</head><body><h1>${heading}</h1><p>${FIRST}</p></body></html>`;
    expect(readPage(html).title).toBe(expected);
  });
});

describe('refining a page', () => {
  const item: Item = {
    ...{ id: null, title: null, text: '', textFormat: 'page', url: null, authors: [], publishedAt: null },
    ...{ territory: '38000', fields: [], findings: [] },
  };
  const context = { charset: 'utf-8', collectedAt: '2026-06-01T00:00:00Z', territory: null };
  const html = site(
    `<article><h1>La médiathèque ouvre le dimanche</h1><p class="auteur">Par Claire Dubreuil</p><time datetime="2026-05-12">12 mai</time><p>${FIRST} Claire Dubreuil s’en félicite.</p></article>`,
  );

  test('completes what the item does not say, and marks its authors', () => {
    const title = 'La médiathèque ouvre le dimanche - Ville de Val-Clair';
    const refined = refine({ ...item, text: html, title }, DEFAULT_RECIPE, context);
    expect(refined).toMatchObject({
      title: 'La médiathèque ouvre le dimanche',
      published: { value: '2026-05-12', precision: 'day' },
      authors: ['Claire Dubreuil'],
    });
    expect(refined.personal.map(({ kind }) => kind)).toContain('person');
  });

  test('leaves what the item says', () => {
    const given = { title: 'Mon titre', authors: ['Luc Berthelot'], publishedAt: '2025-01-02' };
    expect(refine({ ...item, ...given, text: html }, DEFAULT_RECIPE, context)).toMatchObject({
      title: 'Mon titre',
      authors: ['Luc Berthelot'],
      published: { value: '2025-01-02' },
    });
  });

  test('a fragment keeps every word', () => {
    const fragment = '<div class="share">Partager la rue</div><p>Court</p><nav>Suite</nav>';
    expect(refine({ ...item, text: fragment }, DEFAULT_RECIPE, context).text).toBe('Partager la rue\n\nCourt\n\nSuite');
  });
});

describe('the tree of a page', () => {
  const shape = (html: string) => {
    const tree = readTree(html);
    const show = (at: number): string => {
      let inside = '';
      for (let child = at + 1; child < tree[at]!.end; child = tree[child]!.end) inside += show(child);
      return tree[at]!.name === '' ? tree[at]!.text : `${tree[at]!.name}(${inside})`;
    };
    return show(0);
  };

  test.each([
    ['<p>a<p>b', '#root(p(a)p(b))'],
    ['<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e', '#root(ul(li(a)li(bul(li(c)))li(d))e)'],
    ['<table><tr><td>a<td>b<tr><td>c</table>d', '#root(table(tr(td(a)td(b))tr(td(c)))d)'],
    ['<p>a<div>b</div>c</p>', '#root(p(a)div(b)c)'],
    ['<b>a<div>b</b>c</div>d', '#root(b(adiv(bc)d))'],
    ['<div><table><tr><td>a</div>b</table>c', '#root(div(table(tr(td(ab)))c))'],
    ['<a>a<a>b</a>c', '#root(a(a)a(b)c)'],
    ['<dl><dt>a<dd>b<dt>c</dl>', '#root(dl(dt(a)dd(b)dt(c)))'],
    ['a</p></x>b<br/>c&amp;d', '#root(abbr()c&d)'],
  ])('%s', (html, expected) => {
    expect(shape(html)).toBe(expected);
  });
});

test('any string is read without throwing', () => {
  const pieces = fc.constantFrom(
    ...[
      '<div>',
      '</div>',
      '<p class="share">',
      '<a href>',
      '</a>',
      '<table>',
      '<td>',
      '<title>',
      '</title>',
      '<h1>',
      '<!--',
    ],
    ...[
      '<script type="application/ld+json">{"@type":"Article","author":',
      '</script>',
      '<meta name=author content="A B">',
      FIRST,
      '\uD800',
      '&#0;',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 }), (parts) => {
      const html = parts.join('');
      const tree = readTree(html);
      expect(tree.every((node, at) => node.parent < at && node.end > at && node.end <= tree.length)).toBe(true);
      expect(typeof readPage(html).text).toBe('string');
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['nested', `${'<div>'.repeat(100_000)}fin`],
  ['nested and closed', `${'<div>'.repeat(100_000)}fin${'</div>'.repeat(100_000)}`],
  ['closed by strangers', `${'<div>'.repeat(100_000)}fin${'</span>'.repeat(100_000)}`],
  ['nested headings', `${'<h1>'.repeat(100_000)}fin`],
  ['nested bylines', `${'<div class="byline author">'.repeat(100_000)}fin`],
  ['open links', '<a href=x>fin '.repeat(100_000)],
  ['nested tables', `${'<table><tr><td>'.repeat(50_000)}fin`],
  ['nested JSON', `<script type="application/ld+json">${'{"@graph":['.repeat(100_000)}</script>fin`],
  ['long titles', `<title>${'a | '.repeat(100_000)}</title>fin`],
])('a hundred thousand elements are read in linear time: %s', (_, html) => {
  const start = performance.now();
  expect(readPage(`<title>Essai</title><body>${html}`).text).toContain('fin');
  // A quadratic reader takes minutes; the bound only has to tell them apart on a slow machine.
  expect(performance.now() - start).toBeLessThan(10_000);
});
