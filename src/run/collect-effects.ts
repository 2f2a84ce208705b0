// What a collector may do to the world, whether its source is saved or only tried.

import type { CollectEffects } from '../collect/collector.ts';
import type { Egress } from '../egress/egress.ts';
import { readSecret } from './project.ts';

interface World extends Pick<CollectEffects, 'clock' | 'signal' | 'state' | 'root'> {
  readonly egress: Egress;
}

export function collectEffects({ egress, ...world }: World): CollectEffects {
  return {
    ...world,
    fetch: (url, { method, body, headers, maximumBytes, perSecond } = {}) =>
      egress.fetch(url, {
        purpose: 'collect',
        signal: world.signal,
        ...(method ? { method } : {}),
        ...(body === undefined ? {} : { body }),
        ...(headers ? { headers } : {}),
        ...(maximumBytes ? { limits: { bodyBytes: maximumBytes } } : {}),
        ...(perSecond ? { perSecond } : {}),
      }),
    endpoint: (url) => egress.endpoint(url),
    secret: (setting) => readSecret(setting, world.root),
  };
}
