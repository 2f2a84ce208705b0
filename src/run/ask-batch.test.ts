import type { ServerResponse } from 'node:http';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { modelProject, texts, WORDS } from '../../test/model-project.ts';
import {
  chatAnswer,
  readingJudge,
  type Scripted,
  type ScriptedRequest,
  send,
  startScriptedModel,
} from '../../test/services/scripted-model.ts';
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

/** Those that time alone tells. */
const SLOW = new Set(['hang', 'slow drip']);
/** Those after which a server may still answer another day. */
const UNANSWERED = new Set(['429 with Retry-After', '429 without', '500', 'hang', 'slow drip', 'reset mid-body']);

const closed = (act: (response: ServerResponse) => void) => act;

/** Ways in which servers fail, each on the first try of every text or on all of them. */
const FAULTS: Readonly<Record<string, (request: ScriptedRequest) => Scripted>> = {
  '429 with Retry-After': () => closed((response) => send(response, 429, {}, { 'retry-after': '0' })),
  '429 without': () => closed((response) => send(response, 429, {})),
  '500': () => closed((response) => send(response, 500, { error: { message: 'x' } })),
  hang: () => closed(() => undefined),
  'slow drip': () =>
    closed((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
    }),
  'reset mid-body': () =>
    closed((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write('{"choices":[{"message":{"content":"{');
      setTimeout(() => response.destroy(), 5);
    }),
  'truncated JSON': () => closed((response) => send(response, 200, chatAnswer('{"ton":{"preuves":["mer', 'length'))),
  'label out of schema': () => '{"ton":{"preuves":[],"etiquette":"excellent","confiance":"forte"}}',
  'evidence not in the text': () => '{"ton":{"preuves":["jamais écrit"],"etiquette":"positif","confiance":"forte"}}',
  'prose around JSON': (request) => `Voici ma réponse :\n${judge(request)}`,
  'empty choices': () => closed((response) => send(response, 200, { object: 'chat.completion', choices: [] })),
  'wrong content type': (request) =>
    closed((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(chatAnswer(judge(request))));
    }),
  'huge body': () =>
    closed((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(`{"x":"${'a'.repeat(1_200_000)}"}`);
      response.end();
    }),
  'whitespace flood': () => closed((response) => send(response, 200, chatAnswer(' '.repeat(20_000), 'length'))),
};

test('no answer is stored that was not verified, and every document is accounted for, whatever fails', async () => {
  let fault: (request: ScriptedRequest) => Scripted = judge;
  // Numbers divisible by 10 always meet the fault, those by 3 on the first try, the others never.
  const seen = new Map<string, number>();
  const model = await scripted((request) => {
    const number = Number(/Point (\d+)/.exec(request.text)![1]);
    const tries = (seen.get(request.text) ?? 0) + 1;
    seen.set(request.text, tries);
    return number % 10 === 0 || (number % 3 === 0 && tries === 1) ? fault(request) : judge(request);
  });
  const project = await modelProject(texts(200), model.host);
  for (const [name, fails] of Object.entries(FAULTS)) {
    fault = fails;
    seen.clear();
    const config = `revision: "${name}", timeoutSeconds: ${SLOW.has(name) ? 1 : 10}, attempts: 2, concurrency: 64`;
    await project.use(`[{ lucie: { endpoint: "${model.endpoint}", ${config} } }]`);
    const { counts } = await runJourney(project.app, ANNOTATE, silent);
    const account = counts.model as Record<string, number>;
    const { received, annotated, abstained, refused, empty, failed, left, known } = account;
    const sum = annotated! + abstained! + refused! + empty! + failed! + left! + known!;
    expect([name, received, sum]).toEqual([name, 200, 200]);
    const judged = await rows<Judged>(
      project.database,
      `select * from (${JUDGED}) as judged where made->>'revision' = '${name}'`,
    );
    for (const { text, label, evidence } of judged) {
      expect([name, text, label]).toEqual([name, text, right(text)]);
      for (const { start, end } of evidence) expect(WORDS[label as 'positif']).toContain(text.slice(start, end));
    }
    const hopeless = judged.filter(({ text }) => Number(/Point (\d+)/.exec(text)![1]) % 10 === 0);
    expect([name, hopeless.length]).toEqual([name, 0]);
    // The rest are judged, unless the server was given up for failing too often.
    const stopped = account.stopped !== undefined;
    if (!stopped) expect([name, judged.length]).toEqual([name, 180]);
    // What cannot be taken is kept as such; what was not answered stays to be asked.
    const [kept] = await rows<{ n: number }>(
      project.database,
      `select count(*)::int as n from model_answer where faults <> '{}' and made->>'revision' = '${name}'`,
    );
    if (UNANSWERED.has(name)) expect([name, kept!.n, failed! + left!]).toEqual([name, 0, 200]);
    else expect([name, kept!.n, refused]).toEqual([name, 20, 20]);
  }
  expect(Object.keys(FAULTS).length).toBeGreaterThanOrEqual(12);
});

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
