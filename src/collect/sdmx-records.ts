// Cuts an SDMX-ML data message (ISO 17369, 2.0 and 2.1) into its series as it streams, each with its exact bytes.

import { Parser } from 'htmlparser2';
import { DataSensError } from '../model/error.ts';
import { normaliseCharset } from './charset.ts';

/** Deeper XML is an attack: a message has eight levels. */
const MAXIMUM_DEPTH = 64;
const DEFAULT_CHARSET = 'utf-8';

export interface SdmxCutter {
  /** Series that ended in these bytes. @throws input-too-large beyond the depth or the size of a series */
  push(chunk: Buffer): readonly Buffer[];
  /** To be asked after the last bytes. @throws input-unreadable where the message is none, or ends before its end */
  end(): void;
}

/** Observations that stand outside a series are records of their own. No entity is ever expanded. */
export function createSdmxCutter(maximumRecordBytes: number): SdmxCutter {
  const open: string[] = [];
  let found: Buffer[] = [];
  let window: Buffer = Buffer.alloc(0);
  /** Offset of the window in the message. */
  let from = 0;
  /** End of what needs no second look. */
  let settled = 0;
  let start = -1;
  let startDepth = 0;
  let hasData = false;

  const settle = () => {
    if (start < 0) settled = parser.endIndex + 1;
  };
  const parser = new Parser(
    {
      onopentag(name) {
        const local = localName(name);
        if (open.length >= MAXIMUM_DEPTH)
          throw new DataSensError('input-too-large', `is nested deeper than ${MAXIMUM_DEPTH}`);
        hasData ||= local === 'DataSet';
        if (start < 0 && hasData && (local === 'Series' || local === 'Obs')) {
          start = parser.startIndex;
          startDepth = open.length;
        }
        open.push(local);
        settle();
      },
      onclosetag(_name, implied) {
        open.pop();
        // Implied is also what closes itself: only then is the closing tag the opening one.
        const end = implied && parser.startIndex !== start ? parser.startIndex : parser.endIndex + 1;
        if (start >= 0 && open.length === startDepth) {
          found.push(Buffer.from(window.subarray(start - from, end - from)));
          start = -1;
        }
        settle();
      },
      ontext: settle,
      oncomment: settle,
      onprocessinginstruction: settle,
    },
    // One character a byte, so that the parser's offsets are offsets of bytes in any charset that extends ASCII.
    { xmlMode: true, decodeEntities: false },
  );

  return {
    push(chunk) {
      const dropped = (start >= 0 ? start : settled) - from;
      window = Buffer.concat([window.subarray(dropped), chunk]);
      from += dropped;
      found = [];
      parser.write(chunk.toString('latin1'));
      const pending = from + window.length - (start >= 0 ? start : settled);
      if (pending > maximumRecordBytes || found.some((series) => series.length > maximumRecordBytes)) {
        throw new DataSensError(
          'input-too-large',
          `holds a series longer than ${maximumRecordBytes} bytes (maximumRecordBytes)`,
        );
      }
      return found;
    },
    end() {
      const wasOpen = open.length > 0;
      parser.end();
      if (wasOpen)
        throw new DataSensError('input-unreadable', 'ends before its XML does; it was cut on its way: collect again');
      if (!hasData)
        throw new DataSensError('input-unreadable', 'is no SDMX-ML data message; see what the address answers');
    },
  };
}

/** Charset that the XML declaration names, else the content type's, else UTF-8. */
export function sdmxCharset(head: Buffer, contentType: string): string {
  const declared = /^[^<]{0,3}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    head.toString('latin1', 0, 256),
  );
  const sent = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType);
  return normaliseCharset(declared?.[1] ?? sent?.[1] ?? DEFAULT_CHARSET) ?? DEFAULT_CHARSET;
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
