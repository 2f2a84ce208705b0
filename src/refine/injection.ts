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
  [
    'instruction',
    /\b(?:ne (?:tiens|tenez|suis|suivez) (?:pas|aucun)|(?:fais|faites) abstraction|do not follow|don[’']t follow)\s(?:\S{1,20}\s){0,4}?(?:instructions?|consignes?|directives?|r[èe]gles|guidelines?|rules?)\s(?:\S{1,20}\s){0,3}?(?:re[çc]ues?|donn[ée]e?s?|pr[ée]c[ée]dente?s?|ci-dessus|plus haut|received|given|above|you)\b/i,
  ],
  [
    'instruction',
    /\b(?:disregard|ignore|forget|oublie[sz]?)\s(?:the |all |les |toutes |everything |tout )(?:\S{1,20}\s){0,3}?(?:rules|told before|above|pr[ée]c[èe]de)(?![\p{L}])/iu,
  ],
  [
    'role',
    /\b(?:from now on,? you|[àa] partir de maintenant,? (?:tu|vous))\s(?:\S{1,20}\s){0,4}?(?:ia|ai|assistant|mod[èe]le|model|chatbot|robot)\b/i,
  ],
  [
    'addressed',
    /(?:^|[^\p{L}])(?:note|message|consigne|instruction|attention|dear|cher|ch[èe]re|[àa] l[’']attention|to)\s(?:(?:pour|to|for|the|de|du|d[’']|au?|aux|[àa]|l[’'](?:ia|intelligence)?)\s?){0,3}(?:ia|ai|llm|gpt|chatbot|mod[èe]le(?: de langue)?|language model|intelligence artificielle|artificial intelligence|analysis system|syst[èe]me d[’']analyse)(?![\p{L}])/iu,
  ],
  [
    'addressed',
    /(?:intelligence artificielle|artificial intelligence|\b(?:ia|ai|mod[èe]le|model))\s(?:qui|that|which|reading)\s(?:\S{1,20}\s){1,5}?(?:doit|must|should|devra)\s(?:choisir|choose|r[ée]pondre|answer|classer|classify|label|attribuer|assign)\b/i,
  ],
  [
    'order',
    /\b(?:[ée]tiquette|label)\s(?:correcte?|attendue?|expected)?\s?(?:est|is|:)\s|\b(?:correct|expected) (?:label|answer) ?(?:is|:|,)|\br[ée]ponse attendue\s?[,:]/i,
  ],
  ['role', /^\s?(?:\[(?:syst[èe]me?|system|assistant)\]|(?:assistant|system|syst[èe]me)\s?:\s?\{)/im],
  ['template', /\{\s?"[a-z_]{2,20}"\s?:\s?[{["]|<\|[a-z_]{3,30}\|>|^#{2,3} ?(?:system|instruction)s? ?:/im],
  ['secret', /\b(?:system prompt|prompt syst[èe]me|jailbreak|developer mode|mode d[ée]veloppeur)\b/i],
  ['template', /\[\/?INST\]|<<\/?SYS>>/i],
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
  /ne (?:tiens|tenez|suis|suivez) (?:pas|aucun)|abstraction|n[o’']t follow|from now on|partir de maintenant|artifici|(?:ia|ai|llm|gpt|chatbot|mod[èe]le?|language model|syst[èe]me d[’']analyse|analysis system)(?![\p{L}])|[ée]tiquette|label|correct answer|expected answer|r[ée]ponse attendue|\[syst|\[assis|(?:assistant|syst[èe]me?)\s?:|\{\s?"|ignore|oublie|disregard|forget|override|n[ée]glige|you are now|(?:tu es|vous [êe]tes) (?:maintenant|d[ée]sormais)|act as|agis comme|pretend to be|system prompt|prompt syst|jailbreak|developer mode|mode d[ée]velopp|<\||inst\]|sys>>|## ?(?:system|instruction)|as (?:posi|nega)tive|comme (?:posi|n[ée]ga)ti|only with|uniquement par|[=+@-]\s?(?:hyperlink|import|webservice|lien_|dde|exec|cmd)|cmd\||<script|javascript:|on(?:error|load|click|mouseover)\s?=/iu;

/** One finding naming the kinds met; none for ordinary text. `at` says which field was read. */
export function findInjection(text: string, at: string): readonly Finding[] {
  if (!GATE.test(text)) return [];
  const kinds = new Set(PATTERNS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name));
  return kinds.size === 0 ? [] : [{ code: 'injection-suspected', at, evidence: [...kinds].join(', ') }];
}
