// Ways in which servers of models fail, each met by some texts always, by some on the first try, by others never.

import type { ServerResponse } from 'node:http';
import { chatAnswer, type Scripted, type ScriptedRequest, send } from './scripted-model.ts';

/** Those that time alone tells. */
export const SLOW = new Set(['hang', 'slow drip']);
/** Those after which a server may still answer another day. */
export const UNANSWERED = new Set([
  '429 with Retry-After',
  '429 without',
  '500',
  'hang',
  'slow drip',
  'reset mid-body',
]);

const closed = (act: (response: ServerResponse) => void) => act;

type Judge = (request: ScriptedRequest) => string;

/** Ways in which servers fail; some spoil what a good judge would have said. */
export const FAULTS: Readonly<Record<string, (request: ScriptedRequest, judge: Judge) => Scripted>> = {
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
  'prose around JSON': (request, judge) => `Voici ma réponse :\n${judge(request)}`,
  'empty choices': () => closed((response) => send(response, 200, { object: 'chat.completion', choices: [] })),
  'wrong content type': (request, judge) =>
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

/** Texts whose number (`Point 12 …`) is divisible by 10 always meet the fault, those by 3 on the first try, the others never. */
export function failingScript(judge: Judge, fault: (typeof FAULTS)[string]): (request: ScriptedRequest) => Scripted {
  const seen = new Map<string, number>();
  return (request) => {
    const number = Number(/Point (\d+)/.exec(request.text)![1]);
    const tries = (seen.get(request.text) ?? 0) + 1;
    seen.set(request.text, tries);
    return number % 10 === 0 || (number % 3 === 0 && tries === 1) ? fault(request, judge) : judge(request);
  };
}
