// An OpenAI-compatible server on loopback that answers as its script says: well, or in one of the ways servers fail.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request is for; `text` is what stands between the delimiters. */
export interface ScriptedRequest {
  readonly text: string;
  readonly schema: Schema;
  /** From 1, of all questions asked. */
  readonly number: number;
  readonly seed: number;
}

export interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
}

/** A content to answer with, or a way to fail. */
export type Scripted = string | ((response: ServerResponse) => void);

export interface ScriptedModel {
  /** Ends with /v1. */
  readonly endpoint: string;
  readonly host: string;
  /** Questions asked, the trial at the start left out. */
  readonly asked: readonly ScriptedRequest[];
  /** Most questions that were under way at once. */
  readonly most: number;
  stop(): Promise<void>;
}

interface Options {
  readonly model?: string;
  readonly contextTokens?: number;
  /** Where the server says nothing of tokens, DataSens counts too many rather than too few. */
  readonly tokenize?: boolean;
  /** False for a server that ignores schemas. */
  readonly constrains?: boolean;
  /** 400 to response_format, as some templates get from llama.cpp. */
  readonly refusesResponseFormat?: boolean;
  readonly key?: string;
}

export async function startScriptedModel(
  script: (request: ScriptedRequest) => Scripted | Promise<Scripted>,
  options: Options = {},
): Promise<ScriptedModel> {
  const { model = 'OpenLLM-France/Lucie-7B-Instruct-v1.1', contextTokens = 8192, constrains = true } = options;
  const asked: ScriptedRequest[] = [];
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`) {
      return send(response, 401, { error: { message: 'no' } });
    }
    switch (request.url) {
      case '/v1/models':
        return send(response, 200, {
          object: 'list',
          data: [{ id: model, max_model_len: contextTokens, created: Date.now() }],
        });
      case '/tokenize':
        if (options.tokenize !== true) return send(response, 404, {});
        return send(response, 200, { count: Math.ceil(String(JSON.parse(body).content).length / 4) });
      case '/apply-template':
        return send(response, 200, { prompt: JSON.stringify(JSON.parse(body).messages) });
      case '/v1/chat/completions': {
        if (options.refusesResponseFormat === true) return send(response, 400, { error: { message: 'samplers' } });
        const { messages, response_format: format, seed } = JSON.parse(body);
        const content = await contentOf(messages, format.json_schema.schema, seed);
        if (typeof content !== 'string') return content(response);
        return send(response, 200, chatAnswer(content));
      }
      case '/completion': {
        const { prompt, json_schema: schema, seed } = JSON.parse(body);
        const content = await contentOf(JSON.parse(prompt), schema, seed);
        if (typeof content !== 'string') return content(response);
        return send(response, 200, { content, stop_type: 'eos', tokens_evaluated: 100, tokens_predicted: 20 });
      }
      default:
        return send(response, 404, {});
    }
  }

  async function contentOf(messages: readonly { content: string }[], schema: Schema, seed: number): Promise<Scripted> {
    const word = schema.properties?.mot?.enum?.[0];
    if (word !== undefined) return constrains ? JSON.stringify({ mot: word }) : 'Paris.';
    const words = messages.at(-1)!.content;
    const delimiter = /=== [0-9a-f]{32} ===/.exec(words)![0];
    const text = words.split(`\n${delimiter}\n`)[1]!;
    const given = { text, schema, number: asked.length + 1, seed };
    asked.push(given);
    underWay += 1;
    most = Math.max(most, underWay);
    try {
      return await script(given);
    } finally {
      underWay -= 1;
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint: `http://${host}/v1`,
    host,
    asked,
    get most() {
      return most;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A full answer of the protocol. */
export function chatAnswer(content: string, finishReason = 'stop'): object {
  return {
    object: 'chat.completion',
    system_fingerprint: 'scripted-1',
    choices: [{ index: 0, finish_reason: finishReason, message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  };
}

export function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/**
 * A judge that reads: each task gets the label whose words (given by label) come first in the text, with those words as its
 * quote; else the last label of the task, with no quote.
 */
export function readingJudge(words: Readonly<Record<string, readonly string[]>>): (request: ScriptedRequest) => string {
  return ({ text, schema }) => {
    const answer = Object.entries(schema.properties ?? {}).map(([task, part]) => {
      const several = part.properties?.etiquettes?.items?.enum;
      const labels = part.properties?.etiquette?.enum ?? several ?? [];
      const [best] = labels
        .flatMap((label) => (words[label] ?? []).map((word) => ({ label, word, at: text.indexOf(word) })))
        .filter(({ at }) => at >= 0)
        .sort((left, right) => left.at - right.at);
      const label = best?.label ?? labels.at(-1)!;
      const chosen = several === undefined ? { etiquette: label } : { etiquettes: [label] };
      return [task, { preuves: best ? [best.word] : [], ...chosen, confiance: 'forte' }];
    });
    return JSON.stringify(Object.fromEntries(answer));
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  return Buffer.concat(parts).toString('utf8');
}
