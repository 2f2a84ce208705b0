// The requests that an API's settings mean, page by page; its secrets go to its own host and are shown nowhere.

import { createHash } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import { canonicalJson, type Json, type JsonObject } from '../model/json.ts';
import type { CollectEffects, CollectRequest } from './collector.ts';
import type { RestConfig } from './rest-config.ts';

/** Which page: the first as the settings say it, a number, a cursor, or an address that an answer gave. */
export type Position =
  | { readonly kind: 'start' }
  | { readonly kind: 'number' | 'cursor'; readonly value: number | string }
  | { readonly kind: 'url'; readonly value: string };

export interface PageRequest extends CollectRequest {
  readonly url: string;
}

export interface Requests {
  /** What identifies the list: its address without pages nor secrets. */
  readonly location: string;
  /** @param since what was seen so far, as `incremental` asks for what came after it, or null */
  page(position: Position, since: string | number | null): PageRequest;
  /** The next page's address from an answer, without the settings' secrets. @throws egress-refused where it leaves the host */
  link(target: string, answered: string): string;
  /** The text with every secret of the settings replaced by `***`. */
  hide(text: string): string;
}

type Parameters = Readonly<RestConfig['params']>;

const SECRET = /\$\{[A-Z_][A-Z0-9_]*\}/g;
/** Shorter ones would be found in ordinary words. */
const SHORTEST_HIDDEN = 4;

/** @throws secret-missing where the environment or a file lacks a secret that the settings name */
export function openRequests(config: RestConfig, effects: CollectEffects): Requests {
  const { pathParameters, plain, secret } = sortParameters(config);
  const base = new URL(config.url.replace(/\{(\w+)\}/g, (_, name: string) => inPath(pathParameters[name])));
  const own = new URL(base);
  setAll(own, plain);
  const secretParameters = Object.fromEntries(
    Object.entries(secret).map(([name, value]) => [name, effects.secret(value)]),
  );
  const headers = Object.fromEntries(
    Object.entries(config.headers).map(([name, value]) => [name.toLowerCase(), effects.secret(value)]),
  );
  const hidden = hiddenValues([...Object.values(config.headers), ...Object.values(secret)], effects);
  const hash = config.body === undefined ? '' : `#${sha256(canonicalJson(config.body as JsonObject)).slice(0, 12)}`;

  return { location: own.href + hash, page, link, hide };

  function page(position: Position, since: string | number | null): PageRequest {
    const url = new URL(position.kind === 'url' ? position.value : own);
    let body = config.body as JsonObject | undefined;
    const give = (name: string, value: string | number) => {
      if (body === undefined) url.searchParams.set(name, String(value));
      else body = placed(body, name.split('.'), value);
    };
    const { incremental, pagination } = config;
    if (since !== null && incremental?.parameter !== undefined && position.kind !== 'url') {
      const whole = incremental.template === '{since}';
      give(incremental.parameter, whole ? since : incremental.template.replaceAll('{since}', String(since)));
    }
    if ((position.kind === 'number' || position.kind === 'cursor') && 'parameter' in pagination) {
      give(pagination.parameter, position.value);
    }
    setAll(url, secretParameters);
    return {
      url: url.href,
      headers: {
        accept: config.format === 'sdmx' ? 'application/xml, */*;q=0.5' : 'application/json, */*;q=0.5',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { method: 'POST' as const, body: JSON.stringify(body) }),
      maximumBytes: config.maximumPageBytes,
    };
  }

  function link(target: string, answered: string): string {
    if (!URL.canParse(target, answered)) {
      throw new DataSensError('input-unreadable', 'gives a next page that is no address; check `pagination`');
    }
    const url = new URL(target, answered);
    if (url.hostname !== base.hostname || url.port !== base.port || url.username !== '' || url.password !== '') {
      const message = `gives a next page on ${url.host}, and the settings name ${base.host}; if the API moved, change \`url\``;
      throw new DataSensError('egress-refused', message);
    }
    // Servers behind a proxy believe that they are asked over plain http.
    url.protocol = base.protocol;
    url.hash = '';
    for (const name of Object.keys(secret)) url.searchParams.delete(name);
    if (hide(url.href) !== url.href) {
      const message = 'gives a next page that repeats a secret; put this parameter under `params`';
      throw new DataSensError('remote-refused', message);
    }
    return url.href;
  }

  function hide(text: string): string {
    return hidden.reduce((shown, value) => shown.replaceAll(value, '***'), text);
  }
}

function sortParameters({ url, params }: RestConfig) {
  const inUrl = new Set([...url.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
  const entries = Object.entries(params);
  const isSecret = (value: Parameters[string]): value is string =>
    typeof value === 'string' && (value.startsWith('file:') || new RegExp(SECRET).test(value));
  return {
    pathParameters: Object.fromEntries(entries.filter(([name]) => inUrl.has(name))),
    plain: Object.fromEntries(entries.filter(([name, value]) => !inUrl.has(name) && !isSecret(value))),
    secret: Object.fromEntries(
      entries.flatMap(([name, value]) => (!inUrl.has(name) && isSecret(value) ? [[name, value]] : [])),
    ),
  };
}

/** Lists in a path are joined as statistical APIs write them (`a+b`), and nothing else leaves its segment. */
function inPath(value: Parameters[string] | undefined): string {
  const text = Array.isArray(value) ? value.join('+') : String(value ?? '');
  return encodeURIComponent(text).replaceAll('%2B', '+').replaceAll('%2C', ',');
}

function setAll(url: URL, parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.delete(name);
    for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
  }
}

/** Each secret by itself and as the header that holds it, the longest first; as it is and as an address spells it. */
function hiddenValues(settings: readonly string[], { secret }: CollectEffects): readonly string[] {
  const values = settings.flatMap((setting) => {
    if (setting.startsWith('file:')) return [secret(setting)];
    const names = setting.match(SECRET) ?? [];
    return names.length === 0 ? [] : [secret(setting), ...names.map(secret)];
  });
  const spelled = values.flatMap((value) => [
    value,
    encodeURIComponent(value),
    encodeURIComponent(value).replaceAll('%20', '+'),
  ]);
  return [...new Set(spelled)].filter((value) => value.length >= SHORTEST_HIDDEN).sort((a, b) => b.length - a.length);
}

/** The body with a value at a path of names. */
function placed(body: JsonObject, [name, ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...body, [name!]: value };
  const inner = body[name!];
  const below = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : {};
  return { ...body, [name!]: placed(below, rest, value) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
