// What class, id and role names say of an element, in the words that French and English sites use.

import type { PageNode, PageTree } from './page-tree.ts';

/** Furniture stands around a text; a byline says who wrote it and when. */
type NamedHint = 'furniture' | 'comments' | 'byline';
export type Hint = NamedHint | null;

// Each is whole words of a name: `article-share-bar` holds `share`, `shareholders` does not.
const PHRASES: readonly (readonly [hint: NamedHint, phrases: string])[] = [
  [
    'comments',
    'comment comments commentaire commentaires comentarios disqus respond reply replies livefyre trackback trackbacks reactions discussion-thread',
  ],
  // Sharing, and what the site would have one read next.
  [
    'furniture',
    'share shares sharing sharer sharedaddy social socials partage partages partager reseaux-sociaux addthis follow follows suivez suivez-nous related relateds similar recommended recommendation recommendations recommandation recommandations recirc recirculation outbrain taboola zergnet lire-aussi a-lire voir-aussi readmore read-more read-next more-from more-stories most-read most-popular plus-lus trending popular associes suggestions teaser teasers promo promos promoted promotion upnext up-next onward',
  ],
  // Ways around the site.
  [
    'furniture',
    'nav navbar navigation sidemenu menu menus submenu breadcrumb breadcrumbs ariane filariane pager pagination paginate pagenav skip skiplink skiplinks evitement acces-rapide toc sommaire masthead site-header siteheader topbar toolbar toolbox tools outils sidebar sidebars aside widget widgets rail colonne-droite footer foot bottom-bar pied-de-page copyright mentions-legales tag tags taglist tagcloud keywords mots-cles categories backtotop back-to-top haut-de-page jump',
  ],
  // Consent, advertising, subscriptions.
  [
    'furniture',
    'cookie cookies consent rgpd gdpr ccpa cookiebar cookiebot tarteaucitron axeptio didomi onetrust banner bandeau popup popin modal overlay lightbox toast alert-bar ad ads adv advert advertisement advertising adsense adbox adslot dfp pub pubs publicite sponsor sponsors sponsored commercial affiliate newsletter newsletters infolettre subscribe subscription signup sign-up abonnement abonnez abonner paywall login signin register donate donation cta call-to-action',
  ],
  // Tools, and what is said of the article beside it.
  [
    'furniture',
    'print imprimer printfriendly feedback avis-page rating ratings vote votes visually-hidden visuallyhidden sr-only screen-reader screenreader noprint no-print video-player player credit credits post-meta entry-meta entry-utility article-meta meta-data metadata author-bio author-box authorbox about-author about-the-author bio biography',
  ],
  [
    'byline',
    'byline author authors auteur auteurs signature dateline writer written-by posted-by date dates published pubdate timestamp time datetime updated publie',
  ],
];

const HINTS: ReadonlyMap<string, NamedHint> = new Map(
  PHRASES.flatMap(([hint, phrases]) => phrases.split(' ').map((phrase) => [phrase, hint] as const)),
);
const LONGEST_PHRASE = 3;
/** What decides where names say several things. */
const ORDER = ['comments', 'furniture', 'byline'] as const;
/** Words that only say how the page around is laid out, with the one that follows: `has-sidebar`, `no-comments`. */
const LAYOUT_WORDS = new Set('has no with without avec sans is js col layout'.split(' '));
const FURNITURE_ROLES = new Set(
  'navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist alert status'.split(
    ' ',
  ),
);
/** Text, and what holds the whole: its names speak of the page (`comments-open`). */
const UNHINTED = new Set(['', '#root', 'html', 'body', 'main']);
/** UTF-16 units of the names that are read, and words of one. */
const LONGEST_NAMES = 600;
const MOST_WORDS = 12;

/** What the names of each node say; null where they say nothing, or that it is the body of the article. */
export function hintsOf(tree: PageTree): readonly Hint[] {
  // A page repeats its names.
  const known = new Map<string, readonly NamedHint[]>();
  const hintsIn = (name: string) => {
    const hints = known.get(name) ?? readName(name);
    known.set(name, hints);
    return hints;
  };
  return tree.map(({ name, attributes }) => (UNHINTED.has(name) ? null : hintOf(attributes, hintsIn)));
}

function hintOf(attributes: PageNode['attributes'], hintsIn: (name: string) => readonly NamedHint[]): Hint {
  if (attributes.role !== undefined && FURNITURE_ROLES.has(attributes.role)) return 'furniture';
  if (attributes.itemprop !== undefined && /\barticleBody\b/i.test(attributes.itemprop)) return null;
  let best = attributes.rel === 'author' ? ORDER.indexOf('byline') : ORDER.length;
  for (const name of namesOf(attributes)) {
    for (const hint of hintsIn(name)) best = Math.min(best, ORDER.indexOf(hint));
  }
  return ORDER[best] ?? null;
}

function namesOf({ class: className = '', id = '' }: PageNode['attributes']): readonly string[] {
  if (className === '' && id === '') return [];
  return `${className} ${id}`.slice(0, LONGEST_NAMES).split(/\s+/);
}

/** The phrases in a name: `relatedLinks_main` is three words, `related`, `links` and `main`. */
function readName(name: string): readonly NamedHint[] {
  const spelled = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  const words = spelled.split(/[-_:./]+/, MOST_WORDS);
  const found: NamedHint[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const phrases = [1, 2, LONGEST_PHRASE].map((length) => words.slice(at, at + length).join('-'));
    for (const phrase of phrases) {
      const hint = HINTS.get(phrase);
      if (hint !== undefined) found.push(hint);
    }
    if (LAYOUT_WORDS.has(words[at]!)) at += 1;
  }
  return found;
}
