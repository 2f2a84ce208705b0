import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concentrationOf, isCampaign } from './campaign.ts';

test('ten documents make a campaign', () => {
  expect([9, 10].map(isCampaign)).toEqual([false, true]);
});

test('a wave is told from a trickle', () => {
  const wave = [
    { day: '2026-03-01', n: 1 },
    { day: '2026-04-12', n: 30 },
    { day: '2026-04-13', n: 40 },
    { day: '2026-04-18', n: 9 },
    { day: '2026-04-19', n: 2 },
  ];
  expect(concentrationOf(wave)).toMatchObject({
    ...{ dated: 82, firstOn: '2026-03-01', lastOn: '2026-04-19' },
    ...{ peakOn: '2026-04-13', peakDocuments: 40, densestOn: '2026-04-12', densestDocuments: 79 },
  });
  expect(concentrationOf([...wave.slice(0, 1), ...wave.slice(2)]).densestOn).toBe('2026-04-13');
  expect(concentrationOf([{ day: 'inconnu', n: 3 }])).toMatchObject({ dated: 0, firstOn: null, timeline: [] });
});

test('nothing is lost between the days and the timeline, in whatever order the days come', () => {
  const day = fc
    .integer({ min: 0, max: 900 })
    .map((at) => new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10));
  const days = fc.uniqueArray(fc.record({ day, n: fc.integer({ min: 1, max: 50 }) }), {
    selector: (count) => count.day,
  });
  fc.assert(
    fc.property(days, (counts) => {
      const total = counts.reduce((sum, { n }) => sum + n, 0);
      const found = concentrationOf(counts);
      expect(found.dated).toBe(total);
      expect(found.timeline.reduce((sum, n) => sum + n, 0)).toBe(total);
      expect(found.timeline.length).toBeLessThanOrEqual(30);
      expect(found.densestDocuments).toBeGreaterThanOrEqual(found.peakDocuments);
      expect(concentrationOf(counts.toReversed())).toEqual(found);
    }),
  );
});
