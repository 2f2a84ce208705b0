// What a message says itself, without the messages it answers and the signature below. Plain text; nothing is guessed twice.

export interface OwnWords {
  readonly text: string;
  /** Lines left out: of earlier messages, and of signatures. */
  readonly quoted: number;
  readonly signature: number;
}

/** Longest signature below `-- `, in lines that hold something. */
const SIGNATURE_LINES = 15;
/** An attribution is folded over at most so many lines. */
const ATTRIBUTION_LINES = 4;
const ATTRIBUTION_LENGTH = 400;
/** Lines of a header block within which its other fields stand. */
const HEADER_BLOCK_LINES = 7;

const FORWARDED =
  /^[\s>]*(?:-{2,}\s*)?(?:forwarded message|message transf[ée]r[ée]|message transmis|d[ée]but du message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])|begin forwarded message)\b/i;
const SEPARATOR =
  /^\s*-{2,}\s*(?:message d['’]origine|message original|message initial|courriel original|original message|original appointment|mail original)\s*-{2,}\s*$/i;
const DEVICE =
  /^(?:envoy[ée]e? (?:de|depuis|avec|à partir de) (?:mon|ma|mes|l['’]|outlook|yahoo|proton|la messagerie|le)|sent from (?:my|outlook|yahoo|mail|proton|the)|get outlook for|t[ée]l[ée]charge[rz] outlook pour|obtenez outlook pour|provenance\s*:\s*courrier pour windows)/i;
/** Dates stand on the first line. */
const ATTRIBUTION_START = /^\s*(?:le|on|el|am|il)\s[^\d]{0,60}\d/i;
const HEADER_FIELDS =
  /^\s*\*?(?:envoy[ée]|date|sent|à|a|to|pour|objet|sujet|subject|cc|répondre à|reply-to)\s{0,3}\*?\s{0,3}:/i;
const HEADER_START = /^\s*\*?(?:de|from|exp[ée]diteur)\s{0,3}\*?\s{0,3}:\s{0,3}\*?\s{0,3}\S/i;

/**
 * Takes away earlier messages and signatures. `forwarded` says that the message hands another one on: the first one below
 * is then what it is about, and stays. A message that would have nothing left is kept whole.
 */
export function ownWords(text: string, { forwarded }: { readonly forwarded: boolean }): OwnWords {
  const lines = text.split(/\r\n|\r|\n/);
  const kept: string[] = [];
  let quoted = 0;
  let spared = forwarded;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (FORWARDED.test(line)) spared = true;
    if (SEPARATOR.test(line) || startsHeaderBlock(lines, at)) {
      if (!spared) {
        quoted += countFilled(lines, at);
        break;
      }
      // The block that a forwarding begins with; the next one is the history of what was forwarded.
      spared = false;
      while (at < lines.length && lines[at]!.trim() !== '') kept.push(lines[at++]!);
      kept.push('');
      continue;
    }
    const attribution = attributionAt(lines, at);
    if (attribution > 0) {
      const next = nextFilled(lines, at + attribution);
      quoted += attribution;
      if (next < lines.length && !isQuoted(lines[next]!)) {
        quoted += countFilled(lines, next);
        break;
      }
      at += attribution - 1;
      continue;
    }
    if (isQuoted(line)) quoted += 1;
    else kept.push(line);
  }
  const { lines: own, signature } = withoutSignature(kept);
  const words = own.join('\n').trim();
  if (!/[\p{L}\p{N}]/u.test(words)) return { text: text.trim(), quoted: 0, signature: 0 };
  return { text: words, quoted, signature };
}

/** True for the subject of a message that hands another one on. */
export function isForwarded(subject: string): boolean {
  return /^\s*(?:fwd?|tr|wg)\s{0,3}:/i.test(subject);
}

const isQuoted = (line: string) => /^ {0,3}>/.test(line);

/** Lines of `Le … a écrit :` or `On … wrote:` from here; 0 where there is none. A time or an address tells it from prose. */
function attributionAt(lines: readonly string[], at: number): number {
  if (!ATTRIBUTION_START.test(lines[at]!)) return 0;
  let joined = '';
  for (let count = 1; count <= ATTRIBUTION_LINES && at + count <= lines.length; count += 1) {
    const line = lines[at + count - 1]!.trim();
    joined += ` ${line}`;
    // Prose that goes on until the attribution below it is no part of it.
    if (line === '' || joined.length > ATTRIBUTION_LENGTH || (count > 1 && ATTRIBUTION_START.test(line))) return 0;
    if (!/(?:a écrit|écrivait|wrote|schrieb|escribió|ha scritto)\s?:$/i.test(joined)) continue;
    return /\d{1,2}\s?[:hH]\s?\d{2}|@|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(joined) ? count : 0;
  }
  return 0;
}

/** `De : … / Envoyé : … / À : … / Objet : …`, as Outlook puts it before the message answered. */
function startsHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!HEADER_START.test(lines[at]!)) return false;
  const block = lines.slice(at + 1, at + 1 + HEADER_BLOCK_LINES);
  const end = block.findIndex((line) => line.trim() === '');
  return block.slice(0, end < 0 ? block.length : end).filter((line) => HEADER_FIELDS.test(line)).length >= 2;
}

function withoutSignature(lines: readonly string[]): { readonly lines: readonly string[]; readonly signature: number } {
  const mark = lines.findLastIndex((line) => /^--\s?$/.test(line));
  const marked = mark >= 0 && countFilled(lines, mark + 1) <= SIGNATURE_LINES;
  const body = marked ? lines.slice(0, mark) : lines;
  const own = body.filter((line) => !(line.length < 120 && DEVICE.test(line.trim())));
  const signature = (marked ? 1 + countFilled(lines, mark + 1) : 0) + body.length - own.length;
  return { lines: own, signature };
}

function nextFilled(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]!.trim() === '') at += 1;
  return at;
}

function countFilled(lines: readonly string[], from: number): number {
  let count = 0;
  for (let at = from; at < lines.length; at += 1) if (lines[at]!.trim() !== '') count += 1;
  return count;
}
