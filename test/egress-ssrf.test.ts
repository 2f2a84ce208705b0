// Server-side request forgery, with a real listener inside as the oracle: whatever is tried, it is never reached.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEgress } from '../src/egress/egress.ts';
import type { EgressRefusal } from '../src/egress/refusal.ts';

/** Spellings of an address of this machine: a naive filter lets some through. P is the listener's port. */
const INSIDE = [
  'http://127.0.0.1:P/',
  'http://127.1:P/',
  'http://127.0.1:P/',
  'http://127.000.000.001:P/',
  'http://127.0.0.1.:P/',
  'http://127.255.255.254:P/',
  'http://127.127.127.127:P/',
  'http://2130706433:P/',
  'http://0x7f000001:P/',
  'http://0x7f.0x0.0x0.0x1:P/',
  'http://0x7f.1:P/',
  'http://017700000001:P/',
  'http://0177.0.0.1:P/',
  'http://0177.0.0.01:P/',
  'http://0:P/',
  'http://0.0.0.0:P/',
  'http://0x0:P/',
  'http://00:P/',
  'http://localhost:P/',
  'http://LOCALHOST:P/',
  'http://localhost.:P/',
  'http://loc%61lhost:P/',
  'http://%31%32%37.0.0.1:P/',
  'http://①②⑦.⓪.⓪.①:P/',
  'http://127。0。0。1:P/',
  'http://127.0.0.1:P/',
  'http:127.0.0.1:P/',
  'http:/127.0.0.1:P/',
  'http:\\\\127.0.0.1:P\\',
  'http://127.0.0.1\t:P/',
  'http://127.0.\n0.1:P/',
  ' http://127.0.0.1:P/',
  'http://[::1]:P/',
  'http://[0:0:0:0:0:0:0:1]:P/',
  'http://[0000::0001]:P/',
  'http://[::]:P/',
  'http://[::ffff:127.0.0.1]:P/',
  'http://[::ffff:7f00:1]:P/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]:P/',
  'http://[::ffff:0.0.0.0]:P/',
  'http://user:pass@127.0.0.1:P/',
  'http://feeds.example@127.0.0.1:P/',
  'http://feeds.example:80@127.0.0.1:P/',
  'http://127.0.0.1:P/?url=http://feeds.example/',
  'http://127.0.0.1:P#@feeds.example/',
];

/** Places that must not even be dialled. */
const ELSEWHERE = [
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/latest/meta-data/',
  'http://[fd00:ec2::254]/',
  'http://168.63.129.16/',
  'http://100.100.100.200/',
  'http://192.0.0.192/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://0.1.2.3/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[2001:db8::1]/',
  'http://[::ffff:169.254.169.254]/',
  'gopher://127.0.0.1:P/_GET',
  'file:///etc/passwd',
  'ftp://127.0.0.1:P/',
  'data:text/xml,<rss/>',
  'ws://127.0.0.1:P/',
  'dict://127.0.0.1:P/',
  'http://feeds.example:22/',
  'http://feeds.example:6379/',
  '//127.0.0.1:P/',
  '//[::1]:P/',
  'http://',
];

let hits = 0;
let redirectTarget = '';
let inside: Server;
let front: Server;
let port = 0;
let frontUrl = '';

beforeAll(async () => {
  inside = createServer((_request, response) => response.end('secret'));
  inside.on('connection', () => {
    hits += 1;
  });
  front = createServer((_request, response) => response.writeHead(302, { location: encodeTarget() }).end());
  // `::` hears every spelling of this machine; without IPv6, 0.0.0.0 hears those of IPv4.
  port = await listen(inside, '::').catch(() => listen(inside, '0.0.0.0'));
  frontUrl = `http://127.0.0.1:${await listen(front, '127.0.0.1')}/`;
});

afterAll(() => {
  inside.close();
  front.close();
});

const encodeTarget = () => Buffer.from(redirectTarget.replaceAll(/[\n\t]/g, ''), 'utf8').toString('latin1');
const at = (payload: string) =>
  payload.replaceAll('P/', `${port}/`).replaceAll('P#', `${port}#`).replace('P\\', `${port}\\`);

function door(allow: { collect?: readonly string[]; text?: readonly string[] }, resolve?: string | readonly string[]) {
  const reasons: (EgressRefusal | null)[] = [];
  const addresses = typeof resolve === 'string' ? [resolve] : (resolve ?? ['127.0.0.1']);
  const egress = openEgress({
    allow: { collect: [], text: [], ...allow, ports: [port] },
    clock: () => new Date(),
    record: (event) => reasons.push(event.reason),
    pace: { perSecond: 1e6, burst: 1000 },
    retry: { attempts: 0 },
    resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))),
  });
  return { egress, reasons };
}

describe('the listener inside', () => {
  test('is reached by a naive filter, so that it is a witness', async () => {
    hits = 0;
    let leaked = 0;
    for (const payload of INSIDE.map(at)) {
      const before = hits;
      await naiveFetch(payload).catch(() => undefined);
      if (hits > before) leaked += 1;
    }
    expect(leaked).toBeGreaterThanOrEqual(5);
  });

  test(`is not reached by any of ${INSIDE.length + ELSEWHERE.length} addresses asked for directly`, async () => {
    hits = 0;
    const { egress } = door({ collect: ['https://feeds.example/'], text: ['lucie.example'] });
    for (const payload of [...INSIDE, ...ELSEWHERE].map(at)) {
      for (const purpose of ['collect', 'text'] as const) {
        await expect(egress.fetch(payload, { purpose }), payload).rejects.toMatchObject({ code: 'egress-refused' });
      }
    }
    await egress.close();
    expect(hits).toBe(0);
  });

  test('is not reached by a redirect of a declared host, whatever the spelling', async () => {
    hits = 0;
    const { egress, reasons } = door({ collect: [frontUrl] });
    for (const payload of [...INSIDE, ...ELSEWHERE].map(at)) {
      redirectTarget = payload;
      await expect(egress.fetch(frontUrl, { purpose: 'collect' }), payload).rejects.toMatchObject({
        code: 'egress-refused',
      });
    }
    await egress.close();
    expect(hits).toBe(0);
    expect(reasons.filter((reason) => reason === 'address-not-public').length).toBeGreaterThan(50);
  });

  test.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '64:ff9b::7f00:1',
    'fe80::1%lo',
  ])('is not reached by a declared name that resolves to %s', async (address) => {
    hits = 0;
    const { egress, reasons } = door({ collect: ['feeds.example'] }, address);
    await expect(egress.fetch(at('http://feeds.example:P/'), { purpose: 'collect' })).rejects.toMatchObject({
      code: 'egress-refused',
    });
    expect(reasons).toEqual(['address-not-public']);
    expect(hits).toBe(0);
    await egress.close();
  });

  test('is not reached by a name one of whose answers is inside', async () => {
    hits = 0;
    const { egress } = door({ collect: ['feeds.example'] }, ['93.184.215.14', '127.0.0.1']);
    await expect(egress.fetch(at('http://feeds.example:P/'), { purpose: 'collect' })).rejects.toMatchObject({
      code: 'egress-refused',
    });
    expect(hits).toBe(0);
    await egress.close();
  });

  test('is not reached where the environment names it as a proxy', async () => {
    hits = 0;
    const { egress } = door({ collect: [frontUrl] });
    redirectTarget = 'http://10.0.0.1/';
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];
    for (const name of names) process.env[name] = `http://127.0.0.1:${port}`;
    await expect(egress.fetch(frontUrl, { purpose: 'collect' })).rejects.toMatchObject({ code: 'egress-refused' });
    for (const name of names) delete process.env[name];
    expect(hits).toBe(0);
    await egress.close();
  });
});

/** What many programs do: a pattern over the host's name. Kept to show that the listener can be reached. */
async function naiveFetch(target: string): Promise<void> {
  if (!/^https?:/.test(target) || /\/\/(?:127\.|10\.|192\.168\.|169\.254\.|localhost)/.test(target)) return;
  const answer = await request(target, { headersTimeout: 2000 });
  await answer.body.dump();
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
  });
}
