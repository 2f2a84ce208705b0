// Collects an SDMX-ML message as it streams: one snapshot, one record a series, memory flat whatever the size.

import { createHash } from 'node:crypto';
import type { CollectEffects, Collected, CollectResponse } from './collector.ts';
import { compileExpression } from './expression.ts';
import { itemKey } from './item-key.ts';
import { recordText } from './record-text.ts';
import { openAsker, statusError } from './rest-answer.ts';
import { evidence, failureOf } from './rest-collection.ts';
import type { RestConfig } from './rest-config.ts';
import { asState, readMemory } from './rest-memory.ts';
import { openRequests } from './rest-request.ts';
import { createSdmxCutter, sdmxCharset } from './sdmx-records.ts';
import { readSdmxSeries } from './sdmx-series.ts';

/** Yields the series of the message; what cuts it short is a refusal, and the series before it stay. @throws secret-missing */
export async function* collectSdmx(config: RestConfig, effects: CollectEffects): AsyncIterable<Collected> {
  const requests = openRequests(config, effects);
  const { location } = requests;
  const memory = readMemory(await effects.state(location), config);
  const request = requests.page({ kind: 'start' }, null);
  const whole = createHash('sha256');
  let sizeBytes = 0;
  let isOpen = false;
  try {
    const headers = {
      ...request.headers,
      ...(memory.etag ? { 'if-none-match': memory.etag } : {}),
      ...(memory.lastModified ? { 'if-modified-since': memory.lastModified } : {}),
    };
    const response = await openAsker(config, effects).ask({ ...request, headers });
    if (response.status === 304) {
      yield { kind: 'state', ...asState(location, memory) };
      return;
    }
    if (response.status === 404) throw statusError(404);
    const cutter = createSdmxCutter(config.maximumRecordBytes);
    const id = config.map.id === undefined ? null : compileExpression(config.map.id);
    let charset: string | null = null;
    for await (const chunk of response.body) {
      effects.signal.throwIfAborted();
      whole.update(chunk);
      sizeBytes += chunk.byteLength;
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      charset ??= sdmxCharset(bytes, response.headers['content-type'] ?? '');
      const series = cutter.push(bytes);
      if (series.length > 0 && !isOpen) {
        yield { kind: 'opening', opening: openingOf(response, charset) };
        isOpen = true;
      }
      for (const each of series) {
        const { value } = readSdmxSeries(recordText(each, charset, true).text);
        yield { kind: 'record', bytes: each, key: await itemKey(id, value) };
      }
    }
    cutter.end();
    const { etag, 'last-modified': lastModified } = response.headers;
    const after = { ...memory, ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
    const state = asState(location, after);
    if (isOpen) yield { kind: 'closing', sha256: whole.digest('hex'), sizeBytes, state };
    else yield { kind: 'state', ...state };
  } catch (error) {
    effects.signal.throwIfAborted();
    const { code, message } = failureOf(error);
    yield { kind: 'refusal', location, at: '', code, message: requests.hide(`${location}: ${message}`) };
    // The series that came before the trouble are kept, and the snapshot ends there.
    if (isOpen) yield { kind: 'closing', sha256: whole.digest('hex'), sizeBytes, state: null };
  }

  function openingOf(response: CollectResponse, charset: string) {
    const type = response.headers['content-type'] ?? 'application/xml';
    return {
      location,
      fetchedAt: effects.clock().toISOString(),
      mediaType: type.split(';')[0]!.trim(),
      charset,
      headers: evidence(response.headers, requests),
      context: { bytes: 'as received' },
    };
  }
}
