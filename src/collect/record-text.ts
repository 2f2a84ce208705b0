// The text of one record in its snapshot's charset, with what had to be guessed.

import { isAscii, isUtf8 } from 'node:buffer';
import type { Finding } from '../model/finding.ts';
import { decodeBytes } from './charset.ts';

/**
 * Decodes a record. In a UTF-8 file a record that is not UTF-8 came from elsewhere, and reads as windows-1252.
 * @param certain false where the charset of the whole was guessed
 */
export function recordText(
  bytes: Uint8Array,
  charset: string | null,
  certain: boolean,
): { readonly text: string; readonly findings: readonly Finding[] } {
  const name = charset ?? 'utf-8';
  if (name === 'utf-8') {
    if (isUtf8(bytes)) return { text: decodeBytes(bytes, name).text, findings: [] };
    const { text } = decodeBytes(bytes, 'windows-1252');
    return { text, findings: [guessed('windows-1252')] };
  }
  const { text, replaced } = decodeBytes(bytes, name);
  const findings: Finding[] = [];
  if (!certain && !isAscii(bytes)) findings.push(guessed(name));
  if (replaced > 0) findings.push({ code: 'encoding-replaced', at: 'record', evidence: `${replaced} in ${name}` });
  return { text, findings };
}

function guessed(charset: string): Finding {
  return { code: 'encoding-guessed', at: 'record', evidence: charset };
}
