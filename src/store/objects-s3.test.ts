import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Ceph, cephMissing, startCeph } from '../../test/services/ceph.ts';
import { describeObjects, keysOf } from './objects.contract.ts';
import type { Objects } from './objects.ts';
import { openObjects } from './open-objects.ts';

const missing = cephMissing();

describe.skipIf(missing !== null)(`Ceph RGW${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let ceph: Ceph;
  beforeAll(async () => {
    ceph = await startCeph();
    const client = new AwsClient({ accessKeyId: ceph.accessKey, secretAccessKey: ceph.secretKey, service: 's3' });
    const made = await client.fetch(`${ceph.endpoint}/essai`, { method: 'PUT' });
    expect(made.status).toBe(200);
  }, 180_000);
  afterAll(async () => await ceph?.stop());

  const open = (bucket: string, secret = ceph.secretKey): Promise<Objects> =>
    openObjects(`s3://${bucket}?endpoint=${encodeURIComponent(ceph.endpoint)}&region=us-east-1`, {
      root: '/',
      environment: { DATASENS_S3_KEY: ceph.accessKey, DATASENS_S3_SECRET: secret },
    });

  describeObjects(() => open(`essai/${randomBytes(4).toString('hex')}`));

  test('listing goes on beyond the thousand keys of one answer', async () => {
    const objects = await open('essai/many');
    const keys = Array.from({ length: 1050 }, (_, n) => `k/${String(n).padStart(5, '0')}`);
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => objects.put(key, new Uint8Array(0))));
    }
    expect(await keysOf(objects, 'k/')).toEqual(keys);
  });

  test('a bucket that is not there and a wrong secret are told apart', async () => {
    await expect((await open('absent')).put('a', Buffer.from('x'))).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('NoSuchBucket'),
    });
    await expect((await open('essai', 'wrong')).get('a')).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('SignatureDoesNotMatch'),
      retryable: false,
    });
  });
});

test('a server that fails twice is asked again; one that always fails is unavailable', async () => {
  let asked = 0;
  let failing = 2;
  const server = createServer((_, response) => {
    asked += 1;
    if (asked <= failing) return void response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
    response.end('bytes');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const objects = await openObjects(`s3://b?endpoint=http://127.0.0.1:${port}`, {
    root: '/',
    environment: { DATASENS_S3_KEY: 'k', DATASENS_S3_SECRET: 's' },
  });
  expect(Buffer.from(await objects.get('a')).toString()).toBe('bytes');
  expect(asked).toBe(3);
  failing = Number.POSITIVE_INFINITY;
  await expect(objects.get('a')).rejects.toMatchObject({ code: 'store-unavailable', retryable: true });
});

test('an answer cut short is an error, not a shorter object', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('only this');
    setImmediate(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const objects = await openObjects(`s3://b?endpoint=http://127.0.0.1:${port}`, {
    root: '/',
    environment: { DATASENS_S3_KEY: 'k', DATASENS_S3_SECRET: 's' },
  });
  await expect(objects.get('a')).rejects.toMatchObject({ code: 'store-unavailable' });
});
