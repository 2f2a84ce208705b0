// How a model is reached: by egress, to declared hosts, once.

import type { ModelEffects } from '../annotate/model/effects.ts';
import type { Egress } from '../egress/egress.ts';

/** The `fetch` of a model's effects, through this door. */
export function modelDoor(egress: Egress): ModelEffects['fetch'] {
  // A slow answer is no refusal: headers come when the whole of it does. Tries are the model's own business.
  return (url, { timeoutMs, maximumBytes, ...request }) =>
    egress.fetch(url, {
      purpose: 'text',
      retries: 0,
      limits: { headersMs: timeoutMs, totalMs: timeoutMs, bodyBytes: maximumBytes },
      ...request,
    });
}
