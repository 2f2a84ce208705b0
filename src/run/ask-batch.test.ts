import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { modelProject, texts, WORDS } from '../../test/model-project.ts';
import { FAULTS, failingScript, UNANSWERED } from '../../test/services/failing-model.ts';
import { readingJudge, startScriptedModel } from '../../test/services/scripted-model.ts';
import type { JsonObject } from '../model/json.ts';
import { runJourney } from './journey.ts';
import { estimateCost } from './model-cost.ts';

// Servers, threads and databases start for each test; a busy machine takes its time.
vi.setConfig({ testTimeout: 300_000 });

const ANNOTATE = { command: 'annotate', steps: ['annotate'] } as const;
const silent = () => undefined;
const judge = readingJudge(WORDS);

type Script = Parameters<typeof startScriptedModel>[0];

async function scripted(script: Script, options: Parameters<typeof startScriptedModel>[1] = {}) {
  const model = await startScriptedModel(script, options);
  onTestFinished(() => model.stop());
  return model;
}

async function rows<Row extends object>(url: string, query: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}

const JUDGED = `select text, label, score, evidence, made, annotator from annotation join document on document.id = document
  where annotator = 'lucie' order by text`;
interface Judged {
  readonly text: string;
  readonly label: string;
  readonly evidence: readonly { readonly start: number; readonly end: number }[];
  readonly made: JsonObject;
}

function right(text: string): string {
  if (WORDS.positif.some((word) => text.includes(word))) return 'positif';
  return WORDS.negatif.some((word) => text.includes(word)) ? 'negatif' : 'abstention';
}

test('a model that answers well judges every text, with words of the text, and says how it came to be', async () => {
  const model = await scripted(judge, { tokenize: true });
  const project = await modelProject(texts(60), model.host);
  await project.use(`[lexical, { lucie: { endpoint: "${model.endpoint}" } }]`);
  const { state, counts } = await runJourney(project.app, ANNOTATE, silent);
  expect(state).toBe('done');
  expect(counts.model).toMatchObject({ received: 60, annotated: 40, abstained: 20, refused: 0, failed: 0, left: 0 });
  const judged = await rows<Judged>(project.database, JUDGED);
  expect(judged).toHaveLength(60);
  for (const { text, label, evidence, made } of judged) {
    expect([text, label]).toEqual([text, right(text)]);
    for (const { start, end } of evidence) expect(WORDS[label as 'positif']).toContain(text.slice(start, end));
    expect(made).toMatchObject({
      model: 'OpenLLM-France/Lucie-7B-Instruct-v1.1',
      codebook: 'essai@1',
      fingerprint: 'scripted-1',
      seed: 1,
      temperature: 0,
      attempt: 1,
      tokens: { input: 100, output: 20 },
    });
    for (const hash of ['digest', 'prompt', 'text']) expect(made[hash]).toMatch(/^[0-9a-f]{64}$/);
  }
  const acts = await rows<{ detail: JsonObject }>(project.database, `select detail from act where verb = 'attest'`);
  expect(acts.map(({ detail }) => detail)).toMatchObject([
    { licence: 'Apache-2.0', country: 'FR', annotator: 'lucie' },
  ]);
});

test('the same text is asked once, in copies and in later runs, and another codebook version asks again', async () => {
  const model = await scripted(judge);
  const project = await modelProject([...texts(6), ...texts(6).map((text) => `${text} `), texts(1)[0]!], model.host);
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}" } }]`);
  await runJourney(project.app, ANNOTATE, silent);
  const asked = model.asked.length;
  expect(asked).toBeLessThanOrEqual(6);
  await runJourney(project.app, ANNOTATE, silent);
  expect(model.asked.length).toBe(asked);
  // Concurrency is no part of a judgement; the number of a seed is.
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}", concurrency: 2 } }]`);
  await runJourney(project.app, ANNOTATE, silent);
  expect(model.asked.length).toBe(asked);
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}", seed: 7 } }]`);
  await runJourney(project.app, ANNOTATE, silent);
  expect(model.asked.length).toBe(2 * asked);
});

test.each(['500', 'evidence not in the text'])(
  'what is not verified is not stored, and all is accounted for: %s',
  async (name) => {
    // Numbers divisible by 10 always meet the fault, those by 3 on the first try, the others never.
    const model = await scripted(failingScript(judge, FAULTS[name]!));
    const project = await modelProject(texts(40), model.host);
    await project.use(`[{ lucie: { endpoint: "${model.endpoint}", attempts: 2 } }]`);
    const { counts } = await runJourney(project.app, ANNOTATE, silent);
    const { received, annotated, abstained, refused, failed, left } = counts.model as Record<string, number>;
    expect([received, annotated! + abstained! + refused! + failed! + left!]).toEqual([40, 40]);
    const judged = await rows<Judged>(project.database, JUDGED);
    expect(judged).toHaveLength(36);
    for (const { text, label } of judged) expect([text, label]).toEqual([text, right(text)]);
    // What cannot be taken is kept as such; what was not answered stays to be asked.
    const query = `select count(*)::int as n from model_answer where faults <> '{}'`;
    const [kept] = await rows<{ n: number }>(project.database, query);
    if (UNANSWERED.has(name)) expect([kept!.n, failed! + left!]).toEqual([0, 40]);
    else expect([kept!.n, refused]).toEqual([4, 4]);
  },
);

test('a run that is stopped is taken up at the document where it was', async () => {
  const stop = new AbortController();
  let answered = 0;
  const model = await scripted(async (request) => {
    answered += 1;
    if (answered === 30) stop.abort(new DOMException('stopped', 'AbortError'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    return judge(request);
  });
  const project = await modelProject(texts(120), model.host);
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}", concurrency: 4 } }]`);
  const other = await project.again(stop.signal);
  await expect(runJourney(other, ANNOTATE, silent)).rejects.toThrow();
  await other.close();
  const [{ n: before } = { n: 0 }] = await rows<{ n: number }>(
    project.database,
    'select count(*)::int as n from model_answer',
  );
  expect(before).toBeGreaterThan(15);
  const asked = model.asked.length;
  const { counts } = await runJourney(project.app, ANNOTATE, silent);
  expect(counts.model).toMatchObject({ annotated: 80, abstained: 40, left: 0 });
  expect(model.asked.length - asked).toBe(120 - before);
});

test('the work stops at the budget, says so, and goes on when it is raised', async () => {
  const model = await scripted(judge);
  const project = await modelProject(texts(90), model.host);
  const use = (tokens: number) =>
    project.use(`[{ lucie: { endpoint: "${model.endpoint}", concurrency: 1, budget: { tokens: ${tokens} } } }]`);
  await use(6000);
  const first = await runJourney(project.app, ANNOTATE, silent);
  expect(first.state).toBe('partial');
  expect(first.counts.model).toMatchObject({ stopped: 'budget' });
  const spent = await rows<{ tokens: number }>(
    project.database,
    'select sum(input_tokens + output_tokens)::int as tokens from model_answer',
  );
  expect(spent[0]!.tokens).toBeGreaterThan(3000);
  expect(spent[0]!.tokens).toBeLessThanOrEqual(6000);
  await use(100_000);
  const second = await runJourney(project.app, ANNOTATE, silent);
  expect(second).toMatchObject({ state: 'done', counts: { model: { left: 0, refused: 0 } } });
  expect(model.asked.length).toBe(90);
});

test('a run above the bar waits for a person; what it would cost is told before, and from history after', async () => {
  const model = await scripted(judge);
  const project = await modelProject(texts(60), model.host);
  const price = 'price: { inputPerMillion: 1000, outputPerMillion: 2000 }, watts: 500';
  await project.use(
    `[lexical, { lucie: { endpoint: "${model.endpoint}", ${price} } }]`,
    '  confirmAbove: { documents: 40 }\n',
  );
  const before = await estimateCost(project.app);
  expect(before.above).toContain('documents');
  expect(before.annotators).toMatchObject([
    { annotator: 'lexical', model: null, documents: 60 },
    { annotator: 'lucie', documents: 60, basis: 'assumed', hours: null },
  ]);
  await expect(runJourney(project.app, ANNOTATE, silent)).rejects.toMatchObject({
    code: 'refused',
    remedy: expect.stringContaining('--yes'),
  });
  expect(model.asked).toHaveLength(0);
  const unattended = await runJourney(project.app, { ...ANNOTATE, unattended: true }, silent);
  expect(unattended).toMatchObject({ state: 'partial', counts: { model: { stopped: 'unconfirmed', unasked: 60 } } });
  expect(model.asked).toHaveLength(0);
  await runJourney(project.app, { ...ANNOTATE, confirmed: true }, silent);
  expect(model.asked).toHaveLength(60);
  project.put('grille.yaml', (await import('../../test/model-project.ts')).CODEBOOK);
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}", ${price}, seed: 2 } }]`);
  expect((await estimateCost(project.app)).annotators).toMatchObject([{ annotator: 'lucie', basis: 'measured' }]);
});

test('a server that is not there ends the stage and nothing else, and one that ignores schemas is refused', async () => {
  const gone = await startScriptedModel(judge);
  await gone.stop();
  const project = await modelProject(texts(5), gone.host);
  await project.use(`[{ lucie: { endpoint: "${gone.endpoint}" } }]`);
  const absent = await runJourney(project.app, ANNOTATE, silent);
  expect(absent).toMatchObject({ state: 'partial', counts: { model: { stopped: 'unreachable', unasked: 5 } } });
  const loose = await scripted(judge, { constrains: false });
  const other = await modelProject(texts(5), loose.host);
  await other.use(`[{ lucie: { endpoint: "${loose.endpoint}" } }]`);
  await expect(runJourney(other.app, ANNOTATE, silent)).rejects.toMatchObject({ code: 'remote-refused' });
  expect(loose.asked).toHaveLength(0);
});

test('where response_format answers 400 the address of llama.cpp is used', async () => {
  const model = await scripted(judge, { refusesResponseFormat: true });
  const project = await modelProject(texts(9), model.host);
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}" } }]`);
  const { counts } = await runJourney(project.app, ANNOTATE, silent);
  expect(counts.model).toMatchObject({ annotated: 6, abstained: 3 });
  const [judged] = await rows<Judged>(project.database, JUDGED);
  expect(judged!.made).toMatchObject({ constraint: 'completion' });
});

test('a key is read from where the settings say, and a wrong one is named', async () => {
  const model = await scripted(judge, { key: 'clef-secrete' });
  const project = await modelProject(texts(3), model.host);
  project.put('secrets/modele', 'clef-secrete\n');
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}", key: "file:secrets/modele" } }]`);
  expect((await runJourney(project.app, ANNOTATE, silent)).counts.model).toMatchObject({ left: 0, refused: 0 });
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}", seed: 2 } }]`);
  await expect(runJourney(project.app, ANNOTATE, silent)).rejects.toMatchObject({ remedy: 'give the model its `key`' });
});

test('undeclared hosts and models that nobody allowed are refused when the settings are read', async () => {
  const project = await modelProject(texts(1), 'autre.example.fr');
  await expect(project.use('[{ lucie: { endpoint: "https://lucie.example.fr/v1" } }]')).rejects.toMatchObject({
    code: 'settings-invalid',
    message: expect.stringContaining('sovereignty.textMayGoTo'),
  });
  const foreign = '[{ llm: { endpoint: "https://autre.example.fr/v1", model: acme/Grand-70B } }]';
  await expect(project.use(foreign)).rejects.toMatchObject({ message: expect.stringContaining('annotate.models') });
  const approval =
    '  models: [{ model: "acme/Grand-*", licence: MIT, tuningData: textes publics, country: FR, approver: DPO }]\n';
  await project.use(foreign, approval);
  expect(project.app.models).toMatchObject([{ name: 'llm' }]);
});
