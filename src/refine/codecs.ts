// Single-byte charsets through which UTF-8 is commonly misread, each as a map from a character back to its byte.

export interface Codec {
  readonly name: string;
  readonly byteOf: ReadonlyMap<string, number>;
  /** First bytes of UTF-8 sequences that this codec is trusted to reveal; others look too much like real text. */
  readonly leads: ReadonlySet<number>;
}

// Upper half of code page 850, that consoles of Windows write; TextDecoder does not know it.
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0';

const WESTERN_LEADS = new Set(Array.from({ length: 0xf5 - 0xc2 }, (_, at) => 0xc2 + at));

/** windows-1252 together with latin-1: the C1 controls stand for the same bytes, so that mixtures are undone too. */
export const CP1252: Codec = { name: 'windows-1252', byteOf: tableOf('windows-1252', 'latin-1'), leads: WESTERN_LEADS };

export const LATIN9: Codec = { name: 'iso-8859-15', byteOf: tableOf('iso-8859-15', 'latin-1'), leads: WESTERN_LEADS };

/** 0xCF leads Greek letters, which the accents of a first misreading become in the second. */
export const MACINTOSH: Codec = {
  name: 'macintosh',
  byteOf: tableOf('macintosh', null),
  leads: new Set([0xc2, 0xc3, 0xc5, 0xcf, 0xd7, 0xd8, 0xd9, 0xe2]),
};

/** Tried in turn where windows-1252 reveals nothing. */
export const OTHER_CODECS: readonly Codec[] = [
  MACINTOSH,
  {
    name: 'cp850',
    byteOf: new Map([...CP850].map((char, at) => [char, 0x80 + at])),
    leads: new Set([0xc2, 0xc3, 0xc4, 0xc5, 0xe1, 0xe2]),
  },
  { name: 'windows-1250', byteOf: tableOf('windows-1250', 'latin-1'), leads: new Set([0xc3, 0xd7, 0xd8, 0xd9]) },
];

function tableOf(label: string, controls: 'latin-1' | null): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(label);
  const table = new Map<string, number>();
  if (controls === 'latin-1') {
    for (let byte = 0x80; byte < 0xa0; byte += 1) table.set(String.fromCharCode(byte), byte);
  }
  for (let byte = 0x80; byte < 0x100; byte += 1) table.set(decoder.decode(Uint8Array.of(byte)), byte);
  return table;
}
