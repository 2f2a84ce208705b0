// What a page says of its article in JSON-LD (schema.org), however the publisher nested it.

export interface LinkedArticle {
  readonly title: string | null;
  readonly authors: readonly string[];
  readonly publishedAt: string | null;
  /** The whole text without mark-up, where the publisher gives it. */
  readonly body: string | null;
}

type Thing = Readonly<Record<string, unknown>>;

const LONGEST_SCRIPT = 2_000_000;
const MAXIMUM_THINGS = 2000;
const ARTICLE =
  /(?:^|\/)(?:[A-Za-z]{0,40}Article|[A-Za-z]{0,20}BlogPosting|LiveBlogPosting|Report|Review|CreativeWork|DiscussionForumPosting|SocialMediaPosting|Question|QAPage)$/;
const PAGE = /(?:^|\/)(?:WebPage|ItemPage|AboutPage|FAQPage|Event|GovernmentService|VideoObject|Recipe)$/;
/** Characters that JSON forbids in strings and publishers leave there. */
const CONTROLS = /[\u0000-\u001f]+/g;

/** The article among the scripts of a page; where there is none, the page. Pure, never throws on any text. */
export function readJsonLd(scripts: readonly string[]): LinkedArticle | null {
  const things = scripts.flatMap(thingsIn);
  const found =
    things.find((thing) => isOf(thing, ARTICLE) && typeof thing.headline === 'string') ??
    things.find((thing) => isOf(thing, ARTICLE)) ??
    things.find((thing) => isOf(thing, PAGE));
  if (found === undefined) return null;
  const isArticle = isOf(found, ARTICLE);
  const byId = new Map(things.flatMap((thing) => (typeof thing['@id'] === 'string' ? [[thing['@id'], thing]] : [])));
  return {
    title: words(found.headline) ?? (isArticle ? words(found.name) : null),
    authors: [...new Set(namesOf(found.author ?? found.creator, byId))],
    publishedAt: words(found.datePublished) ?? (isArticle ? words(found.dateCreated) : null),
    body: words(found.articleBody),
  };
}

/** Every object that stands for a thing: at the top, in lists and graphs, or as what a page is about. */
function thingsIn(script: string): readonly Thing[] {
  const waiting: unknown[] = [parse(script)];
  const things: Thing[] = [];
  for (let at = 0; at < waiting.length && at < MAXIMUM_THINGS; at += 1) {
    const value = waiting[at];
    if (Array.isArray(value)) {
      for (const member of value.slice(0, MAXIMUM_THINGS)) waiting.push(member);
    } else if (typeof value === 'object' && value !== null) {
      const thing = value as Thing;
      things.push(thing);
      for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'itemListElement', 'item']) {
        if (typeof thing[key] === 'object') waiting.push(thing[key]);
      }
    }
  }
  return things;
}

function parse(script: string): unknown {
  if (script.length > LONGEST_SCRIPT) return null;
  const json = script
    .replace(/^\s*(?:<!--|\/\/<!\[CDATA\[|<!\[CDATA\[|\/\*<!\[CDATA\[\*\/)/, '')
    .replace(/(?:-->|\/\/\]\]>|\]\]>|\/\*\]\]>\*\/|;)\s*$/, '');
  for (const text of [json, json.replace(CONTROLS, ' ')]) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // The second try is for line ends inside strings.
    }
  }
  return null;
}

function isOf(thing: Thing, types: RegExp): boolean {
  return [thing['@type']].flat().some((type) => typeof type === 'string' && type.length < 200 && types.test(type));
}

/** Names of people; organisations are no authors that a reader would name. */
function namesOf(value: unknown, byId: ReadonlyMap<unknown, Thing>): readonly string[] {
  return [value].flat().flatMap((author: unknown) => {
    if (typeof author === 'string') return words(author) ?? [];
    if (typeof author !== 'object' || author === null) return [];
    const given = author as Thing;
    const thing = given.name === undefined ? (byId.get(given['@id']) ?? given) : given;
    if (isOf(thing, /Organi[sz]ation$/)) return [];
    return [thing.name].flat().flatMap((name) => words(name) ?? []);
  });
}

function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
