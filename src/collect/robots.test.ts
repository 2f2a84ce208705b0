import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMiningReserved, parseMiningTerms } from './mining-terms.ts';
import { headerDirectives, metaDirectives } from './page-head.ts';
import { matchesPattern } from './path-pattern.ts';
import { judgeUrl, parseRobots, ROBOTS_MAXIMUM_BYTES } from './robots.ts';

function judge(robots: string | Buffer, path: string, agent = 'DataSens') {
  return judgeUrl(parseRobots(Buffer.from(robots), agent), `https://val-clair.example${path}`);
}

describe('robots.txt', () => {
  test('the longest rule wins, and allow where two are as long', () => {
    const file = 'User-agent: *\nDisallow: /avis\nAllow: /avis/publics\nDisallow: /page\nAllow: /page';
    expect(judge(file, '/avis/1')).toEqual({ allowed: false, rule: 'disallow: /avis' });
    expect(judge(file, '/avis/publics/1')).toEqual({ allowed: true, rule: 'allow: /avis/publics' });
    expect(judge(file, '/page')).toEqual({ allowed: true, rule: 'allow: /page' });
    expect(judge(file, '/')).toEqual({ allowed: true, rule: null });
  });

  test('groups that name the crawler are merged, and those of everyone are then left', () => {
    const file =
      'User-agent: *\nDisallow: /\n\nUser-Agent: autre\nUser-Agent: DATASENS/2.0\nDisallow: /un\nCrawl-delay: 2\n\nuser-agent: datasens\ndisallow: /deux\ncrawl-delay: 7.5';
    expect(judge(file, '/trois').allowed).toBe(true);
    expect(judge(file, '/un').allowed).toBe(false);
    expect(judge(file, '/deux').allowed).toBe(false);
    expect(parseRobots(Buffer.from(file), 'DataSens').crawlDelaySeconds).toBe(7.5);
    expect(parseRobots(Buffer.from(file), 'inconnu').crawlDelaySeconds).toBeNull();
  });

  test('a group that names the crawler and says nothing allows everything', () => {
    expect(judge('User-agent: *\nDisallow: /\nUser-agent: datasens\nDisallow:', '/x').allowed).toBe(true);
  });

  test('a byte order mark, old line ends, comments, forgotten colons and mistypings are understood', () => {
    const file = '\uFEFFuser agent: * # tous\rdissallow /prive\r\nDisallow: /fin$ # fin\nAllow: /prive/ouvert';
    expect(judge(file, '/prive/1').allowed).toBe(false);
    expect(judge(file, '/prive/ouvert').allowed).toBe(true);
    expect(judge(file, '/fin').allowed).toBe(false);
    expect(judge(file, '/fin/suite').allowed).toBe(true);
  });

  test('letters outside ASCII are compared as URLs carry them', () => {
    expect(judge('user-agent: *\ndisallow: /été', '/%C3%A9t%C3%A9/1').allowed).toBe(false);
    expect(judge('user-agent: *\ndisallow: /%c3%a9t', '/%C3%A9t').allowed).toBe(false);
    expect(judge('user-agent: *\ndisallow: /*?page=', '?page=2').allowed).toBe(false);
  });

  test('what comes after 500 KiB is not read', () => {
    const padding = '#'.repeat(ROBOTS_MAXIMUM_BYTES);
    expect(judge(`User-agent: *\n${padding}\nDisallow: /`, '/').allowed).toBe(true);
    expect(judge(`User-agent: *\nDisallow: /\n${padding}`, '/').allowed).toBe(false);
  });

  test('any bytes are read without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.webPath(), (bytes, path) => {
        expect(typeof judge(Buffer.from(bytes), path).allowed).toBe('boolean');
      }),
    );
  });

  test('hostile patterns are matched in linear time', () => {
    const line = `Disallow: /${'*a'.repeat(2000)}b`;
    const repetitive = `Disallow: /*${'a'.repeat(4000)}b`;
    const file = `User-agent: *\n${`${line}\n`.repeat(60)}${`${repetitive}\n`.repeat(60)}`;
    const start = performance.now();
    expect(judge(file, `/${'a'.repeat(8000)}`).allowed).toBe(true);
    // A matcher that tries again from each character takes hours.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

test('a pattern means what an expression with .* means', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 24 });
  fc.assert(
    fc.property(letters, letters, fc.boolean(), (pattern, text, anchored) => {
      const path = text.replaceAll('*', '');
      const expression = `^${pattern.replace(/\*+/g, '.*')}${anchored ? '$' : ''}`;
      expect(matchesPattern(pattern + (anchored ? '$' : ''), path)).toBe(new RegExp(expression).test(path));
    }),
    { numRuns: 2000 },
  );
});

describe('what pages and sites reserve', () => {
  test('robots headers speak to everyone or to one crawler', () => {
    expect(headerDirectives({ 'x-robots-tag': 'max-snippet: 50, noarchive' }).robots).toBe('noarchive');
    expect(headerDirectives({ 'x-robots-tag': 'autrebot: noindex, nofollow' }).robots).toBeNull();
    expect(headerDirectives({ 'x-robots-tag': 'autrebot: noindex, datasens: none' }).robots).toBe('none');
    expect(headerDirectives({ 'x-robots-tag': 'index, follow', 'tdm-reservation': '1' })).toEqual({
      robots: null,
      miningReserved: true,
    });
  });

  test('meta elements say the same', () => {
    expect(metaDirectives('<meta name=ROBOTS content="NoIndex,follow">').robots).toBe('noindex');
    expect(metaDirectives('<meta name="autrebot" content="noindex">').robots).toBeNull();
    expect(metaDirectives('<meta name="tdm-reservation" content="1">').miningReserved).toBe(true);
  });

  test('the first rule of a tdmrep.json that matches decides', () => {
    const rules = parseMiningTerms(
      '[{"location":"/ouvert/*","tdm-reservation":0},{"location":"/","tdm-reservation":1},{"tdm-reservation":1}]',
    )!;
    expect(isMiningReserved(rules, 'https://val-clair.example/ouvert/a')).toBe(false);
    expect(isMiningReserved(rules, 'https://val-clair.example/autre')).toBe(true);
    expect(parseMiningTerms('<html>')).toBeNull();
    expect(parseMiningTerms('{"location":"/"}')).toBeNull();
  });
});
