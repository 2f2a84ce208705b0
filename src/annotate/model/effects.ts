// What asking a model may do to the world; handed in.

export interface ModelRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Longest wait for the whole answer. */
  readonly timeoutMs: number;
  /** Longest body, in bytes. */
  readonly maximumBytes: number;
}

export interface ModelResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface ModelEffects {
  /** The only door: to declared sovereign hosts, once (retries are the model's own business). @throws egress-refused, remote-unavailable, input-too-large */
  readonly fetch: (url: string, request: ModelRequest) => Promise<ModelResponse>;
  /** A setting with its secret read. @throws secret-missing */
  readonly secret: (setting: string) => string;
  /** Keyed hash of a text, hexadecimal: nobody without the key can guess it. */
  readonly hmac: (text: string) => string;
  readonly clock: () => Date;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
}
