// Texts that address a model or a spreadsheet rather than a reader. They are kept, and said to be so.

import type { Finding } from '../model/finding.ts';

const PATTERNS: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'instruction',
    /\b(?:ignore[sz]?|oublie[sz]?|disregard|forget|override|n[ée]glige[sz]?)\s(?:\S{1,20}\s){0,3}?(?:(?:instructions?|consignes?|prompts?|directives?|r[èe]gles)\b|(?:previous|prior|above|pr[ée]c[ée]dente?s?|ci-dessus)\s(?:instructions?|text|messages?|consignes?))/i,
  ],
  [
    'role',
    /\b(?:you are now|tu es (?:maintenant|d[ée]sormais)|vous [êe]tes (?:maintenant|d[ée]sormais)|act as|agis comme|pretend to be)\s(?:\S{1,20}\s){0,3}?(?:an?|une?|dan|assistant|mod[èe]le|model|ia|ai|admin)\b/i,
  ],
  ['secret', /\b(?:system prompt|prompt syst[èe]me|jailbreak|developer mode|mode d[ée]veloppeur)\b/i],
  [
    'template',
    /<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[\/?INST\]|<<\/?SYS>>|^#{2,3} ?(?:system|instruction)s? ?:/im,
  ],
  [
    'order',
    /\b(?:classe|classify|label|annote|r[ée]ponds|answer|output)\s(?:\S{1,20}\s){0,6}?(?:as positive|as negative|comme positi(?:f|ve)|comme n[ée]gati(?:f|ve)|only with|uniquement par)\b/i,
  ],
  [
    'formula',
    /(?:^|[\n;,\t"])\s?[=+@-]\s?(?:HYPERLINK|IMPORTXML|IMPORTDATA|IMPORTHTML|WEBSERVICE|LIEN_HYPERTEXTE|DDE|EXEC|cmd\|)\b/i,
  ],
  ['formula', /\bcmd\|['" ]{0,2}\/c/i],
  ['script', /<script[\s>/]|javascript:|\bon(?:error|load|click|mouseover)\s?=\s?["'a-z]/i],
];

/** What no pattern can match without; ordinary French holds none of it, though it often speaks of classes and modes. */
const GATE =
  /ignore|oublie|disregard|forget|override|n[ée]glige|you are now|(?:tu es|vous [êe]tes) (?:maintenant|d[ée]sormais)|act as|agis comme|pretend to be|system prompt|prompt syst|jailbreak|developer mode|mode d[ée]velopp|<\||inst\]|sys>>|## ?(?:system|instruction)|as (?:posi|nega)tive|comme (?:posi|n[ée]ga)ti|only with|uniquement par|[=+@-]\s?(?:hyperlink|import|webservice|lien_|dde|exec|cmd)|cmd\||<script|javascript:|on(?:error|load|click|mouseover)\s?=/i;

/** One finding naming the kinds met; none for ordinary text. `at` says which field was read. */
export function findInjection(text: string, at: string): readonly Finding[] {
  if (!GATE.test(text)) return [];
  const kinds = new Set(PATTERNS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name));
  return kinds.size === 0 ? [] : [{ code: 'injection-suspected', at, evidence: [...kinds].join(', ') }];
}
