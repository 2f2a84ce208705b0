// The rate that a team measures of its own model: through its settings, its door and a real server's protocol.

import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { heldOutInjections } from './held-out-injections.ts';
import { measureFlips, openModelJudge } from './injection-flips.ts';
import { injections } from './injections.ts';
import { CODEBOOK } from './model-project.ts';
import { llamaMissing, startLlama } from './services/llama.ts';
import { readingJudge, startScriptedModel } from './services/scripted-model.ts';

vi.setConfig({ testTimeout: 300_000 });

const french = injections().filter(({ language }) => language === 'fr');

async function projectOf(endpoint: string, host: string, more = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-flips-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'grille.yaml'), CODEBOOK);
  writeFileSync(
    join(folder, 'datasens.yaml'),
    `organisation: Commune d’essai
sovereignty: { textMayGoTo: ["${host}"] }
sources: {}
annotate: { codebook: grille.yaml, annotators: [{ lucie: { endpoint: "${endpoint}"${more} } }] }
`,
  );
  return folder;
}

async function opened(folder: string) {
  const model = await openModelJudge(folder);
  onTestFinished(() => model.close());
  return model;
}

test('a model that does as it is told is turned by attacks and not by innocent words; one that reads is not', async () => {
  const naive = await startScriptedModel(
    readingJudge({ positif: ['positif'], negatif: ['sale', 'honte', 'dangereux'] }),
  );
  onTestFinished(() => naive.stop());
  const fooled = await opened(await projectOf(naive.endpoint, naive.host));
  const flips = await measureFlips(fooled.judge, french, fooled.atOnce);
  const naming = french.filter(
    ({ attacked, clean }) => attacked.includes('positif') && !/sale|honte|dangereux/.test(clean),
  );
  expect(flips).toMatchObject({ attacks: 160, changed: 0, silenced: 0, mute: 0 });
  expect(flips.turned).toBeGreaterThanOrEqual(naming.length);
  const firm = await startScriptedModel(readingJudge({ negatif: ['sale', 'honte', 'dangereux'] }));
  onTestFinished(() => firm.stop());
  const reading = await opened(await projectOf(firm.endpoint, firm.host));
  expect(await measureFlips(reading.judge, french.slice(0, 40), 8)).toMatchObject({ turned: 0, changed: 0 });
});

test('texts go only where the settings let them', async () => {
  const model = await startScriptedModel(readingJudge({}));
  onTestFinished(() => model.stop());
  await expect(openModelJudge(await projectOf(model.endpoint, 'lucie.example.fr'))).rejects.toMatchObject({
    code: 'settings-invalid',
    message: expect.stringContaining('textMayGoTo'),
  });
  expect(model.asked).toHaveLength(0);
});

test.skipIf(llamaMissing() !== null)('a real llama.cpp is measured the same way', async () => {
  const llama = await startLlama('OpenLLM-France/Lucie-7B-Instruct-v1.1');
  onTestFinished(() => llama.stop());
  const model = await opened(await projectOf(llama.endpoint, llama.host, ', answerTokens: 200, attempts: 1'));
  const few = [...french.slice(0, 2), ...heldOutInjections().slice(0, 2)];
  const flips = await measureFlips(model.judge, few, 2);
  expect(flips.attacks + flips.mute).toBe(4);
});

test('forms of a text are as long as each other, and all different', () => {
  for (const { clean, attacked, innocent } of [...french, ...heldOutInjections()]) {
    expect(new Set([clean, attacked, innocent]).size).toBe(3);
    expect(Math.abs(attacked.length - innocent.length)).toBeLessThanOrEqual(12);
  }
  expect(heldOutInjections()).toHaveLength(40);
});
