// What class, id and role names say of an element, in the words that French and English sites use.

import type { PageNode } from './page-tree.ts';

export type Hint = 'furniture' | 'comments' | 'byline' | null;

/** Around the text: never part of it. Each is a whole word of a name: `article-share-bar` has `share`, `shareholder` not. */
const FURNITURE_WORDS = [
  'share|sharing|sharer|shares|sharedaddy|social|socials|partage|partager|partages|reseaux-sociaux|addthis|follow|follows|suivez',
  'related|relateds|similar|recommended|recommendation|recommendations|recommandation|recommandations|recirc|recirculation|outbrain|taboola|zergnet|lire-aussi|a-lire|voir-aussi|readmore|read-more|read-next|more-from|more-stories|most-read|most-popular|plus-lus|les-plus-lus|trending|popular|associated|associes|suggestions|teaser|teasers|promo|promos|promoted|promotion|upnext|up-next|onward',
  'nav|navbar|navigation|menu|menus|submenu|breadcrumb|breadcrumbs|ariane|fil-ariane|filariane|pager|pagination|paginate|pagenav|skip|skiplink|skiplinks|evitement|acces-rapide|toc|sommaire|masthead|site-header|siteheader|topbar|toolbar|toolbox|tools|outils|sidebar|sidebars|aside|widget|widgets|rail|right-rail|colonne-droite|footer|foot|bottom-bar|pied-de-page|copyright|mentions-legales',
  'cookie|cookies|consent|rgpd|gdpr|cookiebar|tarteaucitron|axeptio|didomi|onetrust|cookiebot|ccpa|banner|bandeau|popup|popin|modal|overlay|lightbox|toast|alerte-info|alert-bar',
  'ad|ads|adv|advert|advertisement|advertising|adsense|adbox|ad-slot|adslot|dfp|pub|pubs|publicite|sponsor|sponsors|sponsored|commercial|affiliate',
  'newsletter|newsletters|infolettre|subscribe|subscription|subscribed|signup|sign-up|abonnement|abonnez|abonner|paywall|login|signin|register|donate|donation|don-cta|cta|call-to-action',
  'tag|tags|taglist|tag-list|tag-cloud|tagcloud|keywords|mots-cles|categories|post-meta|entry-meta|entry-utility|article-meta|meta-data|metadata|author-bio|author-box|authorbox|about-author|about-the-author|bio|biography',
  'print|imprimer|printfriendly|feedback|avis-page|rating|ratings|vote|votes|jump|backtotop|back-to-top|haut-de-page|visually-hidden|visuallyhidden|sr-only|screen-reader|screenreader|screen-reader-text|noprint|no-print|video-player|player|slideshow-controls|carousel-control|credit|credits',
].join('|');

const COMMENT_WORDS =
  'comment|comments|comentarios|commentaire|commentaires|disqus|respond|reply|replies|livefyre|trackback|trackbacks|reactions|discussion-thread';

const BYLINE_WORDS =
  'byline|author|authors|auteur|auteurs|signature|dateline|writer|written-by|posted-by|date|dates|published|publication-date|pubdate|timestamp|time|datetime|updated|publie';

const word = (words: string) => new RegExp(`(?:^|-)(?:${words})(?:-|$)`);
const FURNITURE = word(FURNITURE_WORDS);
const COMMENTS = word(COMMENT_WORDS);
const BYLINE = word(BYLINE_WORDS);
/** Names that only say how the page around is laid out: `has-sidebar`, `no-comments`, `with-share`. */
const LAYOUT = /(?:^|-)(?:has|no|with|without|avec|sans|is|js|col|layout)-[a-z0-9]{1,40}(?=-|$)/g;
const FURNITURE_ROLES = new Set(
  'navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist alert status'.split(
    ' ',
  ),
);
const LONGEST = 600;

/** What the names of an element say; null where they say nothing, or that it is the body of the article. */
export function hintOf(node: PageNode): Hint {
  const { attributes } = node;
  if (attributes.role !== undefined && FURNITURE_ROLES.has(attributes.role)) return 'furniture';
  if (attributes.itemprop !== undefined && /\barticleBody\b/i.test(attributes.itemprop)) return null;
  if (attributes.class === undefined && attributes.id === undefined)
    return attributes.rel === 'author' ? 'byline' : null;
  const names = spelled(attributes.class, attributes.id);
  if (names.some((name) => COMMENTS.test(name))) return 'comments';
  if (names.some((name) => FURNITURE.test(name))) return 'furniture';
  return names.some((name) => BYLINE.test(name)) ? 'byline' : null;
}

/** Each name in lower case with hyphens between its words: `relatedLinks_main` is `related-links-main`. */
function spelled(className = '', id = ''): readonly string[] {
  const names = `${className} ${id}`.trim();
  if (names === '') return [];
  return names
    .slice(0, LONGEST)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[_:./]{1,20}/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(LAYOUT, '')
    .split(/\s+/)
    .filter((name) => name !== '');
}
