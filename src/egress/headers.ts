// Headers that leave and that come back: who asks is said, secrets do not follow a redirect to another host.

/** Names a caller may not set: they belong to the connection, or to a proxy that there is none of. */
const CONNECTION = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'proxy-authorization',
  'proxy-connection',
  'accept-encoding',
  'user-agent',
]);

/** Names that follow a redirect to another origin. A list of what may, since secrets go by many names. */
const HARMLESS = new Set(['accept', 'accept-language', 'if-none-match', 'if-modified-since']);

export interface HeaderFrame {
  readonly identity: { readonly version: string; readonly contact?: string } | undefined;
  readonly encodings: string;
  readonly crossOrigin: boolean;
}

export function requestHeaders(
  asked: Readonly<Record<string, string>>,
  { identity, encodings, crossOrigin }: HeaderFrame,
): Record<string, string> {
  const kept = Object.entries(asked)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !CONNECTION.has(name) && (!crossOrigin || HARMLESS.has(name)));
  return {
    accept: '*/*',
    ...Object.fromEntries(kept),
    'accept-encoding': encodings,
    'user-agent': userAgent(identity),
  };
}

/** Lower-case names, repeated ones joined by a comma. Cookies are dropped: nothing here keeps a session. */
export function responseHeaders(
  received: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(received).flatMap(([name, value]) =>
      value === undefined || name.toLowerCase() === 'set-cookie'
        ? []
        : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}

function userAgent(identity: HeaderFrame['identity']): string {
  if (identity === undefined) return 'DataSens';
  // Parentheses delimit a comment (RFC 9110 §10.1.5), and a header is ASCII.
  const contact = (identity.contact ?? '').replace(/[^\x20-\x7e]|[()\\]/g, '').trim();
  return contact === '' ? `DataSens/${identity.version}` : `DataSens/${identity.version} (+${contact})`;
}
