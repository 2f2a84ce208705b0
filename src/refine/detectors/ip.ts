// IPv4 and IPv6 addresses (RFC 791, RFC 4291).

import ipaddr from 'ipaddr.js';
import { defineDetector, type Found, isPreceded } from '../detector.ts';

export default defineDetector({
  name: 'ip',
  kinds: ['ip'],
  form: true,
  gate: /[0-9]\.[0-9]{1,3}\.|:[0-9a-f]{0,4}:/i,
  examples: {
    found: [
      'connexion depuis ⟦ip:192.0.2.17⟧ hier',
      'depuis ⟦ip:2001:db8::8a2e:370:7334⟧.',
      '(⟦ip:fe80::1ff:fe23:4567:890a⟧)',
    ],
    spared: ['version 1.2.3.4', 'v2.10.0.1', '02.14.11.00.43', 'à 10:30:45', 'std::vector', '256.1.1.1', '1.2.3.4.5'],
  },
  detect(text) {
    const found: Found[] = [];
    for (const match of text.matchAll(V4)) {
      if (isPreceded(text, match.index, /(?:[\d\p{L}]|\d\.|version ?)$/iu, 9)) continue;
      if (match.slice(1).some((part) => Number(part) > 255 || (part.length > 1 && part[0] === '0'))) continue;
      found.push({ start: match.index, end: match.index + match[0].length, kind: 'ip' });
    }
    for (const match of text.matchAll(V6)) {
      const isWord = isPreceded(text, match.index, /[\p{L}\p{N}:.]$/u, 1);
      if (isWord || !/[0-9]/.test(match[0]) || match[0].replaceAll(':', '').length < 4) continue;
      if (ipaddr.IPv6.isValid(match[0]))
        found.push({ start: match.index, end: match.index + match[0].length, kind: 'ip' });
    }
    return found;
  },
});

const V4 = /([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})(?!\.?[0-9]|[\p{L}])/gu;
const V6 = /(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\p{L}\p{N}:])/giu;
