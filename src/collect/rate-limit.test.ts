import { expect, test } from 'vitest';
import { readRateLimit } from './rate-limit.ts';

const NOW = new Date('2026-05-12T08:00:00Z');
const epoch = NOW.getTime() / 1000;

test.each([
  ['nothing', {}, 0],
  ['a quota that is left', { ratelimit: '"default";r=3;t=30' }, 0],
  ['a spent quota', { ratelimit: '"default";r=0;t=30' }, 30_000],
  ['the longest of several', { ratelimit: '"burst";r=0;t=5, "daily";r=0;t=90' }, 90_000],
  ['draft 7', { ratelimit: 'limit=100, remaining=0, reset=7' }, 7000],
  ['draft 6', { 'ratelimit-remaining': '0', 'ratelimit-reset': '8' }, 8000],
  ['seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9' }, 9000],
  ['an instant', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${epoch + 10}` }, 10_000],
  [
    'an instant in milliseconds',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${(epoch + 11) * 1000}` },
    11_000,
  ],
  ['a date', { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '2026-05-12T08:00:12Z' }, 12_000],
  ['an instant that is past', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${epoch - 10}` }, 0],
  ['nonsense', { ratelimit: 'r;;=,"', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, 0],
])('%s says how long to wait', (_, headers, waitMs) => {
  expect(readRateLimit(headers as Record<string, string>, NOW).waitMs).toBe(waitMs);
});

test.each([
  ['"burst";q=100;w=50', 2],
  ['100;w=50, 10;w=1', 2],
  ['"daily";q=1000;w=86400', null],
  ['"broken";q=0;w=10', null],
  ['', null],
])('the policy %j means a pace', (policy, perSecond) => {
  expect(readRateLimit({ 'ratelimit-policy': policy }, NOW).perSecond).toBe(perSecond);
});
