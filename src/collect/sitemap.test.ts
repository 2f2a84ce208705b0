import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSitemap, unpackSitemap } from './sitemap.ts';

const BASE = 'https://val-clair.example/plan.xml';
const SIGNAL = new AbortController().signal;

test('an XML sitemap lists its pages and not their pictures', () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://val-clair.example/a?x=1&amp;y=2#haut </loc><image:image><image:loc>https://val-clair.example/a.png</image:loc></image:image></url>
<url><loc><![CDATA[https://val-clair.example/été]]></loc></url>
<url><loc>/relative</loc></url><url><loc>mailto:a@val-clair.example</loc></url>
<url><loc>https://val-clair.example/a?x=1&amp;y=2</loc></url></urlset>`;
  expect(readSitemap(Buffer.from(xml), null, BASE)).toEqual({
    kind: 'pages',
    addresses: [
      'https://val-clair.example/a?x=1&y=2',
      'https://val-clair.example/%C3%A9t%C3%A9',
      'https://val-clair.example/relative',
    ],
  });
});

test('an index lists sitemaps, under a prefix or not', () => {
  const xml =
    '<sm:sitemapindex xmlns:sm="x"><sm:sitemap><sm:loc>https://val-clair.example/1.xml.gz</sm:loc></sm:sitemap>';
  expect(readSitemap(Buffer.from(xml), null, BASE)).toEqual({
    kind: 'index',
    addresses: ['https://val-clair.example/1.xml.gz'],
  });
});

test('feeds and lists of addresses are sitemaps too', () => {
  const rss =
    '<rss version="2.0"><channel><item><link>https://val-clair.example/1</link></item><item><title>Sans lien</title></item></channel></rss>';
  const atom =
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://val-clair.example/2"/></entry></feed>';
  const list = '# mes pages\nhttps://val-clair.example/3\r\nhttps://val-clair.example/4\n';
  expect(readSitemap(Buffer.from(rss), null, BASE)?.addresses).toEqual(['https://val-clair.example/1']);
  expect(readSitemap(Buffer.from(atom), null, BASE)?.addresses).toEqual(['https://val-clair.example/2']);
  expect(readSitemap(Buffer.from(list), null, BASE)?.addresses).toHaveLength(2);
  expect(readSitemap(Buffer.from('<html><body>Non</body></html>'), null, BASE)).toBeNull();
  expect(readSitemap(Buffer.from('rien'), null, BASE)).toBeNull();
});

test('entities are never expanded', () => {
  const xml = `<!DOCTYPE x [<!ENTITY a "https://val-clair.example/"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>`;
  expect(readSitemap(Buffer.from(xml), null, BASE)?.addresses.join('')).not.toContain('example/https');
});

test('any bytes are read without throwing', () => {
  const pieces = fc.constantFrom(
    '<urlset>',
    '<url>',
    '<loc>',
    '</loc>',
    'https://a.example/',
    '&#x0;',
    '<rss>',
    '<item>',
    '<',
    '\0',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      readSitemap(Buffer.from(parts.join('')), 'text/xml', BASE);
    }),
  );
});

test('a gzipped sitemap is unpacked, a bomb is refused', async () => {
  const packed = gzipSync('https://val-clair.example/1\n');
  expect((await unpackSitemap(packed, BASE, SIGNAL)).toString()).toContain('/1');
  const bomb = gzipSync(Buffer.alloc(60 * 2 ** 20));
  await expect(unpackSitemap(bomb, BASE, SIGNAL)).rejects.toMatchObject({ code: 'input-too-large' });
  await expect(unpackSitemap(packed.subarray(0, 25), BASE, SIGNAL)).rejects.toMatchObject({ code: 'input-unreadable' });
});
