// What models are asked, against the real server of llama.cpp: protocol, constraint, counts, errors. Its model says nothing.

import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { modelEffects } from '../../../test/model-effects.ts';
import { CODEBOOK } from '../../../test/model-project.ts';
import { llamaMissing, startLlama } from '../../../test/services/llama.ts';
import type { DocumentId } from '../../model/identity.ts';
import { parseCodebook } from '../codebook.ts';
import lucie from '../presets/lucie.ts';
import { openNaming } from './naming-session.ts';
import { openSession } from './session.ts';

vi.setConfig({ testTimeout: 300_000 });

const missing = llamaMissing();
const MODEL = 'OpenLLM-France/Lucie-7B-Instruct-v1.1';
const codebook = parseCodebook(CODEBOOK, 'grille.yaml');
const NOTHING = { inputTokens: 0, outputTokens: 0, hours: 0 };
const document = (text: string) => ({ id: 'd' as DocumentId, title: null, text, language: 'fr' });

async function open(options: Parameters<typeof startLlama>[1], config: object = {}) {
  const llama = await startLlama(MODEL, options);
  onTestFinished(() => llama.stop());
  const effects = modelEffects(llama.host);
  const parsed = lucie.config.parse({ endpoint: llama.endpoint, answerTokens: 900, ...config });
  const signal = new AbortController().signal;
  const session = () => openSession({ config: parsed, codebook, approved: [], spent: NOTHING }, effects, signal);
  return { session, signal };
}

describe.skipIf(missing !== null)('llama.cpp', () => {
  test('is found to keep to schemas, says its template and counts tokens; nothing unverified is taken', async () => {
    const { session, signal } = await open({});
    const begun = await session();
    expect(begun.served).toMatchObject({ model: MODEL, constraint: 'response_format', contextTokens: 8192 });
    expect(begun.served.templateSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await begun.served.countTokens!('abc', signal)).toBeGreaterThan(2);
    for (const text of ['Le parc est propre.', 'Le carrefour est dangereux.', 'La mairie ouvre à neuf heures.']) {
      const outcome = await begun.judge(document(text), signal);
      if (outcome.kind !== 'judged') throw new Error(outcome.kind);
      const { judgements, faults, made } = outcome.answer;
      expect(judgements.length + Object.keys(faults).length).toBe(1);
      for (const { label, evidence } of judgements) {
        expect(['positif', 'negatif', 'abstention']).toContain(label);
        for (const { start, end } of evidence) expect(text.slice(start, end)).not.toBe('');
      }
      // The server keeps to labels and shape: what is left to doubt is what it quotes, and how long it goes on.
      for (const fault of Object.values(faults)) expect(['evidence', 'truncated', 'malformed']).toContain(fault);
      expect(made).toMatchObject({ model: MODEL, constraint: 'response_format' });
    }
    expect(begun.spent.inputTokens).toBeGreaterThan(1000);
  });

  test('whose template defeats response_format is asked at its own address', async () => {
    const { session, signal } = await open({ spacePrefix: true });
    const begun = await session();
    expect(begun.served.constraint).toBe('completion');
    const outcome = await begun.judge(document('Le parc est propre.'), signal);
    expect(outcome.kind).toBe('judged');
  });

  test('has its texts cut between sentences where they are too long, and says so', async () => {
    const { session, signal } = await open({ contextTokens: 8192 }, { contextTokens: 4096, answerTokens: 400 });
    const begun = await session();
    const text = 'Le quai est sale et personne ne vient. '.repeat(200);
    const outcome = await begun.judge(document(text), signal);
    if (outcome.kind !== 'judged') throw new Error(outcome.kind);
    expect(outcome.answer.made.truncated).toMatchObject({ of: text.length });
    const { kept } = outcome.answer.made.truncated as { kept: number };
    expect(kept % 'Le quai est sale et personne ne vient. '.length).toBe(0);
  });

  test('asked for the name of a theme keeps to the shape; a name without a word of the theme is not taken', async () => {
    const llama = await startLlama(MODEL, {});
    onTestFinished(() => llama.stop());
    const config = lucie.config.parse({ endpoint: llama.endpoint, attempts: 2 });
    const { signal } = new AbortController();
    const naming = await openNaming({ config, approved: [], spent: NOTHING }, modelEffects(llama.host), signal);
    const subject = { terms: ['piste cyclable', 'vélo'], texts: ['Le vélo est dangereux.', 'Une piste, vite !'] };
    const outcome = await naming.name(subject, { taken: [], isPersonal: () => false }, signal);
    if (outcome.kind !== 'answered') throw new Error(outcome.kind);
    // The model says nothing: whatever its two answers were, no name may come of them.
    expect(['form', 'ungrounded']).toContain(outcome.naming);
    expect(outcome.made).toMatchObject({ model: MODEL, constraint: 'response_format' });
    expect(outcome.inputTokens).toBeGreaterThan(400);
    expect(outcome.outputTokens).toBeGreaterThan(2);
    expect(naming.busyMs).toBeGreaterThan(0);
    expect(naming.keyOf(subject)).toMatch(/^[0-9a-f]{64}$/);
    expect(naming.keyOf({ ...subject, terms: ['vélo'] })).not.toBe(naming.keyOf(subject));
  });

  test('that does not take the key, or has no such model, is refused with what to do', async () => {
    const locked = await open({ key: 'secret' });
    await expect(locked.session()).rejects.toMatchObject({
      code: 'remote-refused',
      remedy: 'give the model its `key`',
    });
    const other = await open({ key: 'secret' }, { key: 'secret', model: 'OpenLLM-France/Luciole-8B-Instruct-1.1' });
    await expect(other.session()).rejects.toMatchObject({ remedy: expect.stringContaining(MODEL) });
  });
});
