// Walks the bytes of a JSON text as they come and hands over the elements of its lists, without parsing the whole.

import { DataSensError } from '../model/error.ts';

/** Deeper JSON is an attack: real exports stay below twenty. */
const MAXIMUM_DEPTH = 512;
const MAXIMUM_KEY_BYTES = 1024;

export interface JsonElement {
  /** Keys that lead to its list, joined by dots; empty for a list at the top. */
  readonly path: string;
  /** Empty where a comma separates nothing. */
  readonly bytes: Buffer;
}

export interface JsonScanner {
  /** Elements that ended in these bytes. @throws input-too-large beyond the depth or the size of an element */
  push(chunk: Buffer): readonly JsonElement[];
  /** What stands at the top, how many values do, and whether the text ended inside one. */
  state(): { readonly top: 'object' | 'list' | 'other' | 'nothing'; readonly values: number; readonly open: boolean };
}

interface Container {
  readonly list: boolean;
  /** Null below a list: only lists that keys lead to are handed over. */
  readonly path: string | null;
  key: string;
  expectsKey: boolean;
  /** True once a value stands after the last comma. */
  filled: boolean;
  separated: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** @param wanted path of the one list whose elements are wanted, or null for those of every list. */
export function createJsonScanner(
  wanted: string | null,
  limits: { readonly location: string; readonly maximumRecordBytes: number },
): JsonScanner {
  const stack: Container[] = [];
  let data: Buffer = Buffer.alloc(0);
  let at = 0;
  let inString = false;
  let stringStart = -1;
  let elementStart = -1;
  let elementDepth = -1;
  let values = 0;
  let top: ReturnType<JsonScanner['state']>['top'] = 'nothing';
  let inTopScalar = false;

  return { push, state: () => ({ top, values, open: stack.length > 0 || inString }) };

  function push(chunk: Buffer): readonly JsonElement[] {
    keepOnlyNeeded(chunk);
    const elements: JsonElement[] = [];
    const container = () => stack.at(-1);
    while (at < data.length) {
      const byte = data[at]!;
      if (inString) {
        if (byte === BACKSLASH) at += 1;
        else if (byte === QUOTE) endString(container());
        at += 1;
        continue;
      }
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) inTopScalar = false;
      else if (byte === 0x2c) separate(elements);
      else if (byte === 0x5d || byte === 0x7d) close(byte === 0x5d, elements);
      else if (byte !== 0x3a) begin(byte);
      at += 1;
    }
    if (elementStart >= 0 && at - elementStart > limits.maximumRecordBytes) {
      throw new DataSensError(
        'input-too-large',
        `an element of ${limits.location} is longer than ${limits.maximumRecordBytes} bytes (maximumRecordBytes)`,
      );
    }
    return elements;
  }

  /** Drops what was read, but for the element or key that is not over yet. */
  function keepOnlyNeeded(chunk: Buffer): void {
    const needed = elementStart >= 0 ? elementStart : stringStart >= 0 ? stringStart : data.length;
    const from = Math.min(needed, data.length);
    data = from === data.length ? chunk : Buffer.concat([data.subarray(from), chunk]);
    at -= from;
    if (elementStart >= 0) elementStart -= from;
    if (stringStart >= 0) stringStart -= from;
  }

  function begin(byte: number): void {
    const parent = stack.at(-1);
    const opens = byte === 0x7b || byte === 0x5b;
    if (parent === undefined && !inTopScalar) {
      values += 1;
      if (values === 1) top = byte === 0x7b ? 'object' : byte === 0x5b ? 'list' : 'other';
      inTopScalar = !opens && byte !== QUOTE;
    }
    if (parent) parent.filled = true;
    if (parent?.list && isWanted(parent)) {
      elementStart = at;
      elementDepth = stack.length;
    }
    if (byte === QUOTE) {
      inString = true;
      stringStart = parent !== undefined && !parent.list && parent.path !== null && parent.expectsKey ? at : -1;
    }
    if (!opens) return;
    if (stack.length >= MAXIMUM_DEPTH) {
      throw new DataSensError('input-too-large', `${limits.location} is nested deeper than ${MAXIMUM_DEPTH} (depth)`);
    }
    // Elements of a wanted list are not looked into.
    const path = parent === undefined ? '' : parent.list || parent.path === null ? null : joined(parent);
    stack.push({
      list: byte === 0x5b,
      path: elementStart >= 0 ? null : path,
      key: '',
      expectsKey: true,
      filled: false,
      separated: false,
    });
  }

  function endString(parent: Container | undefined): void {
    inString = false;
    if (parent === undefined || stringStart < 0) return;
    const raw = data.subarray(stringStart, at + 1);
    parent.key = raw.length > MAXIMUM_KEY_BYTES ? '' : keyOf(raw.toString('utf8'));
    parent.expectsKey = false;
    stringStart = -1;
  }

  function separate(elements: JsonElement[]): void {
    endElement(elements);
    const parent = stack.at(-1);
    if (parent === undefined) return;
    if (!parent.filled) missElement(parent, elements);
    parent.expectsKey = true;
    parent.filled = false;
    parent.separated = true;
  }

  function close(list: boolean, elements: JsonElement[]): void {
    endElement(elements);
    const closed = stack.pop();
    if (closed?.separated && !closed.filled) missElement(closed, elements);
    if (closed === undefined || closed.list !== list) {
      throw new DataSensError('input-unreadable', `${limits.location} closes a list or object that it did not open`);
    }
    inTopScalar = false;
  }

  function isWanted({ path }: Container): boolean {
    return path !== null && elementStart < 0 && (wanted === null || wanted === path);
  }

  function missElement(container: Container, elements: JsonElement[]): void {
    if (container.list && isWanted(container)) elements.push({ path: container.path!, bytes: Buffer.alloc(0) });
  }

  function endElement(elements: JsonElement[]): void {
    if (elementStart < 0 || stack.length !== elementDepth) return;
    let end = at;
    while (end > elementStart && data[end - 1]! <= 0x20) end -= 1;
    elements.push({ path: stack.at(-1)!.path ?? '', bytes: data.subarray(elementStart, end) });
    elementStart = -1;
  }
}

function joined(parent: Container): string {
  return parent.path === '' || parent.path === null ? parent.key : `${parent.path}.${parent.key}`;
}

function keyOf(raw: string): string {
  try {
    return String(JSON.parse(raw));
  } catch {
    return raw.slice(1, -1);
  }
}
