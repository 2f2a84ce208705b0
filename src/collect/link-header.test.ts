import { expect, test } from 'vitest';
import { linkTarget } from './link-header.ts';

test.each([
  ['<https://a.example/x?p=2>; rel="next"', 'https://a.example/x?p=2'],
  ['</x?p=2>;rel=next', '/x?p=2'],
  ['<a>; rel=prev, <b>; title="un, \\"deux\\"; rel=next"; REL="last Next"', 'b'],
  ['<a?x=1,2;3>; rel="next"', 'a?x=1,2;3'],
  ['<a>; rel="prev"', null],
  ['<a>; title="next"', null],
  ['a; rel=next', null],
  ['<a; rel=next', null],
  ['', null],
])('%s', (header, target) => {
  expect(linkTarget(header, 'next')).toBe(target);
});

test('a hostile header takes no longer than its length', () => {
  const start = performance.now();
  expect(linkTarget(`${'<a>;'.repeat(100_000)}`, 'next')).toBeNull();
  expect(linkTarget(`<${' ;rel=",'.repeat(100_000)}`, 'next')).toBeNull();
  expect(performance.now() - start).toBeLessThan(1000);
});
