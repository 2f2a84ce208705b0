// Documents a second through a model that answers at once, on loopback: what asking costs besides the model; and its memory.

import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseCodebook } from '../src/annotate/codebook.ts';
import { openSession } from '../src/annotate/model/session.ts';
import lucie from '../src/annotate/presets/lucie.ts';
import { openEgress } from '../src/egress/egress.ts';
import type { DocumentId } from '../src/model/identity.ts';
import { modelDoor } from '../src/run/model-door.ts';
import { readingJudge, startScriptedModel } from '../test/services/scripted-model.ts';
import { report } from './report.ts';

const DOCUMENTS = 2000;
const path = join(import.meta.dirname, '../examples/concertation/grilles/barometre.yaml');
const codebook = parseCodebook(readFileSync(path, 'utf8'), 'barometre.yaml');

const model = await startScriptedModel(readingJudge({ positif: ['merci'], negatif: ['honte'] }), {
  contextTokens: 32_000,
});
const egress = openEgress({ allow: { collect: [], text: [model.host] }, clock: () => new Date() });
const signal = new AbortController().signal;
const config = lucie.config.parse({ endpoint: model.endpoint, concurrency: 32 });
const spent = { inputTokens: 0, outputTokens: 0, hours: 0 };
const session = await openSession(
  { config, codebook, approved: [], spent },
  {
    fetch: modelDoor(egress),
    secret: (setting) => setting,
    hmac: (text) => createHmac('sha256', 'bench').update(text).digest('hex'),
    clock: () => new Date(),
    now: () => performance.now(),
    wait: (ms, within) => wait(ms, undefined, { signal: within }),
    random: Math.random,
  },
  signal,
);
const startedAt = performance.now();
let judged = 0;
let next = 0;
async function work(): Promise<void> {
  while (next < DOCUMENTS) {
    const number = next++;
    const text = `Avis ${number} : merci pour la piste, elle est utile à tous et bien tracée. `.repeat(15);
    const outcome = await session.judge(
      { id: String(number) as DocumentId, title: null, text, language: 'fr' },
      signal,
    );
    if (outcome.kind === 'judged' && outcome.answer.judgements.length > 0) judged += 1;
  }
}
await Promise.all(Array.from({ length: 64 }, work));
const seconds = (performance.now() - startedAt) / 1000;
report({ name: 'annotate.model.documents', value: judged / seconds, unit: 'documents/s', n: DOCUMENTS });
report({ name: 'annotate.model.memory', value: process.memoryUsage().rss / 1024 / 1024, unit: 'MB', n: DOCUMENTS });
await egress.close();
await model.stop();
