// Names on networks: `@pseudo`, `@pseudo@instance`, `u/pseudo`, profile addresses. Not `#hashtags` nor code.

import { defineDetector, type Found } from '../detector.ts';

export default defineDetector({
  name: 'handle',
  kinds: ['handle'],
  form: true,
  gate: /@|u\/|\.com\/|pseudo/i,
  examples: {
    found: [
      'merci ⟦handle:@lea_du_44⟧ !',
      '(⟦handle:@lea@piaille.example⟧)',
      'vu chez ⟦handle:u/lea_du_44⟧',
      'https://www.facebook.com/⟦handle:lea.durand.44⟧',
      'mon pseudo est ⟦handle:lea44⟧.',
    ],
    spared: [
      '@media screen',
      '@import url',
      'a@b',
      '#velo',
      'facebook.com/',
      'youtube.com/watch?v=1',
      'www.olimex.com/Products/44',
      'et/ou u/',
      'le pseudo est obligatoire',
    ],
  },
  detect(text) {
    const found: Found[] = [];
    for (const match of text.matchAll(MENTION)) {
      if (CODE_WORDS.has(match[1]!.toLowerCase())) continue;
      found.push({ start: match.index, end: match.index + match[0].length, kind: 'handle' });
    }
    for (const pattern of [REDDIT, PROFILE, PSEUDONYM]) {
      for (const match of text.matchAll(pattern)) {
        const end = match.index + match[0].length;
        if (match[1]!.length > 2 && !PAGES.has(match[1]!.toLowerCase()))
          found.push({ start: end - match[1]!.length, end, kind: 'handle' });
      }
    }
    return found;
  },
});

const MENTION =
  /(?<![\p{L}\p{N}_.@/])@([\p{L}_][\p{L}\p{N}_-]{1,29})(?:@[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,3})?(?![\p{L}\p{N}@])/gu;
const REDDIT = /(?<![\p{L}\p{N}_.])(u\/[A-Za-z0-9_-]{3,20})(?![\p{L}\p{N}_])/gu;
const PROFILE =
  /(?<![\p{L}\p{N}-])(?:facebook|twitter|instagram|tiktok|linkedin|threads|x|youtube|github)\.com\/(?:in\/)?(@?[A-Za-z0-9_][A-Za-z0-9_.-]{1,49}[A-Za-z0-9_])/giu;
const PSEUDONYM =
  /(?<!\p{L})pseudo(?:nyme)?(?: (?:est|sur [\p{L}]{3,20}(?: est)?))? ?(?::|=|est) ?["«“]? ?([\p{L}\p{N}_.-]*[0-9_][\p{L}\p{N}_-]{0,20})/giu;

/** Pages of the networks themselves. */
const PAGES = new Set(
  'watch playlist channel user groups group pages page events event sharer sharer.php share hashtag search intent reel reels results embed company jobs home login settings help explore about profile.php story.php status feed shorts features topics'.split(
    ' ',
  ),
);

/** At-rules of CSS and tags of documentation comments. */
const CODE_WORDS = new Set(
  'media import charset supports keyframes namespace page layer container property param params return returns throws override deprecated see since author version type typedef default example todo link font'.split(
    ' ',
  ),
);
