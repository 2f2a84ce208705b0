// A real llama.cpp server on loopback, with a model of 80,000 random weights made here: it says nothing, and keeps to schemas.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './programs.ts';
import { randomModel } from './random-model.ts';

const FOLDER = process.env.LLAMA_FOLDER ?? '/opt/datasens-llama';
const START_TIMEOUT_MS = 60_000;

export interface Llama {
  /** Ends with /v1. */
  readonly endpoint: string;
  readonly host: string;
  stop(): Promise<void>;
}

/** Why no llama.cpp can be started here, or null. With REQUIRE_REAL=1 this is an error. */
export function llamaMissing(): string | null {
  if (existsSync(join(FOLDER, 'usr/bin/llama-server'))) return null;
  const reason = `no llama-server in ${FOLDER}`;
  if (process.env.REQUIRE_REAL === '1') throw new Error(`REQUIRE_REAL=1, but ${reason}`);
  return reason;
}

interface Options {
  readonly key?: string;
  readonly contextTokens?: number;
  /** As the tokenisers of Llama have it: `response_format` then answers 400 with Lucie's template. */
  readonly spacePrefix?: boolean;
}

/** Serves the model under the name `name`. */
export async function startLlama(name: string, options: Options = {}): Promise<Llama> {
  const { key, contextTokens = 8192, spacePrefix = false } = options;
  const folder = await mkdtemp(join(tmpdir(), 'datasens-llama-'));
  const port = await freePort();
  let server: ChildProcess | null = null;
  const stop = async () => {
    if (server !== null && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server!.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const model = join(folder, 'model.gguf');
    await writeFile(model, randomModel({ contextTokens, spacePrefix }));
    const libraries = libraryFolder();
    const asked = [
      '-m',
      model,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--alias',
      name,
      '-c',
      String(contextTokens),
    ];
    const more = ['--parallel', '1', '--threads', '1', ...(key === undefined ? [] : ['--api-key', key])];
    // By its own loader: the machine's C library may be older than the one it was built for.
    server = spawn(
      join(libraries, loaderIn(libraries)),
      ['--library-path', `${libraries}:${libraries}/llama`, join(FOLDER, 'usr/bin/llama-server'), ...asked, ...more],
      { stdio: 'ignore', env: { ...process.env, GGML_BACKEND_PATH: backendIn(libraries) } },
    );
    await ready(port, server);
    return { endpoint: `http://127.0.0.1:${port}/v1`, host: `127.0.0.1:${port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `usr/lib/x86_64-linux-gnu`, or that of another machine. */
function libraryFolder(): string {
  const folder = join(FOLDER, 'usr/lib');
  return join(folder, readdirSync(folder).find((name) => name.endsWith('-linux-gnu'))!);
}

function loaderIn(libraries: string): string {
  return readdirSync(libraries).find((name) => /^ld-linux-[a-z0-9-]+\.so\.\d$/.test(name))!;
}

/** The one that runs on any processor of its kind. */
function backendIn(libraries: string): string {
  const folder = join(libraries, 'ggml/backends0');
  const names = readdirSync(folder).filter((name) => name.startsWith('libggml-cpu'));
  return join(folder, names.find((name) => name.includes('x64')) ?? names.sort()[0]!);
}

async function ready(port: number, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    if (answer?.status === 200) return;
    if (server.exitCode !== null) throw new Error(`llama-server ended (${server.exitCode})`);
    if (Date.now() > deadline) throw new Error('llama-server did not start');
    await wait(100);
  }
}
