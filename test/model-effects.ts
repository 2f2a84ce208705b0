// What asking a model may do to the world, for tests of one model without a project: the real door, to loopback only.

import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { ModelEffects } from '../src/annotate/model/effects.ts';
import { openEgress } from '../src/egress/egress.ts';
import { modelDoor } from '../src/run/model-door.ts';

/** @param pauseMs longest of the waits between tries; as long as they are when absent */
export function modelEffects(host: string, pauseMs = Number.POSITIVE_INFINITY): ModelEffects {
  const egress = openEgress({ allow: { collect: [], text: [host] }, clock: () => new Date() });
  onTestFinished(() => egress.close());
  return {
    fetch: modelDoor(egress),
    secret: (setting) => setting,
    hmac: (text) => createHmac('sha256', 'essai').update(text).digest('hex'),
    clock: () => new Date(),
    now: () => performance.now(),
    wait: (ms, signal) => wait(Math.min(ms, pauseMs), undefined, { signal }),
    random: () => 0.5,
  };
}
