// Objects in any S3, by signed HTTP (AWS Signature Version 4), path-style addresses.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { Parser } from 'htmlparser2';
import { request } from 'undici';
import { DataSensError } from '../model/error.ts';
import { checkKey, folderOf, notFound } from './object-key.ts';
import type { ByteRange, Objects } from './objects.ts';
import { placeWhole } from './objects-folder.ts';

export interface S3Location {
  /** `https://host[:port]`, without closing slash. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Put before every key; may be empty. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

const ATTEMPTS = 4;
const TIMEOUT_MS = 60_000;

interface Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called once per attempt. */
  readonly body?: () => Uint8Array | Readable;
  /** sha256 of the body, hexadecimal: signed, so that the server refuses other bytes. */
  readonly sha256?: string;
  readonly sizeBytes?: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/** An S3 bucket, or a part of it. Nothing is asked of the server before the first use. */
export function openS3(location: S3Location): Objects {
  const pathOf = (key: string) => [location.prefix, checkKey(key)].filter((part) => part !== '').join('/');

  return {
    async put(key, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const put = { method: 'PUT', path: pathOf(key), body: () => bytes, sha256, sizeBytes: bytes.byteLength } as const;
      await drain(await send(location, key, put));
    },
    async putFile(key, path) {
      const hash = createHash('sha256');
      await pipeline(createReadStream(path), hash);
      const { size } = await stat(path);
      const body = () => createReadStream(path);
      const put = { method: 'PUT', path: pathOf(key), body, sha256: hash.digest('hex'), sizeBytes: size } as const;
      await drain(await send(location, key, put));
    },
    async get(key, range) {
      if (range !== undefined && range.end <= range.start) return new Uint8Array(0);
      const answer = await send(location, key, { method: 'GET', path: pathOf(key), headers: rangeHeader(range) });
      // Asked beyond the end: nothing is there, as in a file.
      if (answer.status === 416) return await drain(answer).then(() => new Uint8Array(0));
      return await readWhole(key, answer);
    },
    async getToFile(key, path) {
      const answer = await send(location, key, { method: 'GET', path: pathOf(key) });
      await placeWhole(path, (draft) =>
        pipeline(answer.body, createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })).catch((cause) => {
          throw broken(key, cause);
        }),
      );
    },
    async stat(key) {
      try {
        const answer = await send(location, key, { method: 'HEAD', path: pathOf(key) });
        await drain(answer);
        return { sizeBytes: Number(answer.headers['content-length']) };
      } catch (error) {
        if (error instanceof DataSensError && error.code === 'not-found') return null;
        throw error;
      }
    },
    async remove(key) {
      await drain(await send(location, key, { method: 'DELETE', path: pathOf(key) }));
    },
    list: (prefix) => list(location, prefix),
  };
}

function rangeHeader(range: ByteRange | undefined): Readonly<Record<string, string>> {
  return range === undefined ? {} : { range: `bytes=${range.start}-${range.end - 1}` };
}

async function* list(location: S3Location, prefix: string): AsyncIterable<string> {
  folderOf(prefix);
  const base = location.prefix === '' ? '' : `${location.prefix}/`;
  for (let token: string | null = null; ; ) {
    const query: Record<string, string> = { 'list-type': '2', prefix: base + prefix };
    if (token !== null) query['continuation-token'] = token;
    const answer = await send(location, prefix, { method: 'GET', path: '', query });
    const fields = readFields((await readWhole(prefix, answer)).toString('utf8'));
    for (const { name, value } of fields) if (name === 'Key') yield value.slice(base.length);
    token = fields.find(({ name }) => name === 'NextContinuationToken')?.value ?? null;
    if (token === null) return;
  }
}

/** Sends a request until the server takes it; answers other than success become errors. */
async function send(location: S3Location, key: string, asked: Request): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === ATTEMPTS;
    let answer: Answer;
    try {
      answer = await sendOnce(location, asked);
    } catch (cause) {
      if (last) throw broken(key, cause);
      await wait(backoffMs(attempt));
      continue;
    }
    if (answer.status < 300 || answer.status === 416) return answer;
    const text = (await readWhole(key, answer).catch(() => Buffer.alloc(0))).toString('utf8');
    const code = readFields(text).find(({ name }) => name === 'Code')?.value ?? String(answer.status);
    if (answer.status === 404 && asked.method !== 'PUT' && code !== 'NoSuchBucket') {
      if (asked.method === 'DELETE') return { ...answer, body: Readable.from([]) };
      throw notFound(key);
    }
    const retryable = answer.status >= 500 || answer.status === 429 || answer.status === 408;
    if (!retryable || last) {
      throw new DataSensError('store-unavailable', `The object store refused ${asked.method} ${key} (${code})`, {
        retryable,
        remedy: REMEDIES[code] ?? 'Check endpoint, bucket and credentials.',
      });
    }
    await wait(backoffMs(attempt));
  }
}

const REMEDIES: Readonly<Record<string, string>> = {
  NoSuchBucket: 'Create the bucket, or correct its name.',
  AccessDenied: 'The credentials may not do this on the bucket.',
  SignatureDoesNotMatch: 'Check DATASENS_S3_SECRET and the region.',
  InvalidAccessKeyId: 'Check DATASENS_S3_KEY.',
  RequestTimeTooSkewed: 'Set the clock of this machine.',
};

async function sendOnce(location: S3Location, asked: Request): Promise<Answer> {
  const path = asked.path.split('/').map(encodeURIComponent).join('/');
  const url = new URL(`${location.endpoint}/${location.bucket}/${path}`);
  for (const [name, value] of Object.entries(asked.query ?? {})) url.searchParams.set(name, value);
  const signed = await new AwsV4Signer({
    method: asked.method,
    url: url.href,
    headers: { ...asked.headers, 'x-amz-content-sha256': asked.sha256 ?? EMPTY_SHA256 },
    accessKeyId: location.accessKey,
    secretAccessKey: location.secretKey,
    region: location.region,
    service: 's3',
  }).sign();
  const headers: Record<string, string> = Object.fromEntries(signed.headers);
  if (asked.sizeBytes !== undefined) headers['content-length'] = String(asked.sizeBytes);
  const { statusCode, ...answer } = await request(signed.url, {
    method: asked.method,
    headers,
    body: asked.body?.() ?? null,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  return { status: statusCode, headers: answer.headers, body: answer.body };
}

const EMPTY_SHA256 = createHash('sha256').digest('hex');

/** The body, whole: a connection cut short is an error, not a shorter object. */
async function readWhole(key: string, answer: Answer): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const part of answer.body) parts.push(part as Buffer);
  } catch (cause) {
    throw broken(key, cause);
  }
  const bytes = Buffer.concat(parts);
  const announced = answer.headers['content-length'];
  if (announced !== undefined && Number(announced) !== bytes.byteLength) throw broken(key, undefined);
  return bytes;
}

async function drain(answer: Answer): Promise<void> {
  for await (const _ of answer.body);
}

function broken(key: string, cause: unknown): DataSensError {
  return new DataSensError('store-unavailable', `The object store did not answer on ${key}`, {
    cause,
    retryable: true,
    remedy: 'Is it running, and is its endpoint right?',
  });
}

/** Leaf elements of an S3 answer, in order. */
function readFields(xml: string): readonly { readonly name: string; readonly value: string }[] {
  const fields: { name: string; value: string }[] = [];
  const parser = new Parser(
    {
      onopentag: (name) => void fields.push({ name, value: '' }),
      ontext(text) {
        const field = fields.at(-1);
        if (field !== undefined) field.value += text;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return fields;
}

/** 100, 200, 400 ms, each up to half as much again, so that many workers do not come back at once. */
function backoffMs(attempt: number): number {
  return 100 * 2 ** (attempt - 1) * (1 + Math.random() / 2);
}
