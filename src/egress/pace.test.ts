import { expect, test } from 'vitest';
import { openPacer } from './pace.ts';

/** A pacer whose clock only moves when somebody waits; what it waited, in milliseconds. */
function paced() {
  let now = 0;
  const waits: number[] = [];
  const pacer = openPacer(
    { perSecond: 1, burst: 2, concurrency: 2 },
    {
      now: () => now,
      async wait(ms) {
        waits.push(ms);
        now += ms;
      },
    },
  );
  const ask = async (perSecond?: number) => (await pacer.enter('hote.example', AbortSignal.timeout(1000), perSecond))();
  return { ask, waits };
}

test('a host may be asked twice at once after a rest, then as often as its pace says', async () => {
  const { ask, waits } = paced();
  for (let asked = 0; asked < 4; asked += 1) await ask();
  expect(waits).toEqual([1000, 1000]);
});

test('a pace that the settings or the site ask for has no burst', async () => {
  const { ask, waits } = paced();
  for (let asked = 0; asked < 3; asked += 1) await ask(0.25);
  expect(waits).toEqual([4000, 4000]);
});
