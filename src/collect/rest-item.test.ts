import fc from 'fast-check';
import { expect, test } from 'vitest';
import rest from './collectors/rest.ts';

const from = { location: 'x', charset: 'utf-8', context: {}, mediaType: 'application/json', key: null };
const configs = [
  { map: { text: 'contenu', title: '$uppercase(titre)', author: '$', attributes: { n: '$count($)' } } },
  { map: { text: 'observations.value', title: '$keys($)' }, format: 'sdmx' },
].map((settings) => rest.config.parse({ url: 'https://api.example', ...settings }));

test.each(configs)('any bytes are read without throwing, and always the same ($format)', async (config) => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map(Buffer.from),
    fc.constantFrom('<Series A="', '<Obs/></Series>', '<a:Obs x="&#0;"><Value id="" value="1"/>').map(Buffer.from),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (record) => {
      const item = await rest.read(record, from, config);
      expect(typeof item.text).toBe('string');
      expect(await rest.read(record, from, config)).toEqual(item);
    }),
    { numRuns: 400 },
  );
});

test.each(configs)('what is nested twenty thousand deep is read without throwing ($format)', async (config) => {
  const deep = 20_000;
  for (const text of [
    `${'['.repeat(deep)}${']'.repeat(deep)}`,
    `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    '<a>'.repeat(deep),
  ]) {
    expect(typeof (await rest.read(Buffer.from(text), from, config)).text).toBe('string');
  }
});
