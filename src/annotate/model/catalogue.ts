// Models that may judge: licence, what they were tuned on, where they come from. Others are refused, or approved by name.

/** What is known of a model; written on the register each time it is used. */
export interface ModelFacts {
  readonly licence: string;
  /** What its instructions were learned from. */
  readonly tuningData: string;
  /** ISO 3166-1 alpha-2, of who made it. */
  readonly country: string;
  /** Who approved it, where the settings do. */
  readonly approver?: string;
}

export interface AllowedModel extends ModelFacts {
  /** Its name on the servers; `*` stands for anything. */
  readonly model: string;
}

/** From the models' public cards. Lucie-7B-Instruct of January 2025 is superseded, and left out. */
const KNOWN: readonly AllowedModel[] = [
  {
    model: '*Lucie-7B-Instruct-human-data*',
    licence: 'Apache-2.0',
    tuningData: 'human instructions only (Aya, Dolly-fr, OASST1, FLAN)',
    country: 'FR',
  },
  {
    model: '*Lucie-7B-Instruct-v1.1*',
    licence: 'Apache-2.0',
    tuningData: 'human and synthetic instructions, part of them written by ChatGPT',
    country: 'FR',
  },
  {
    model: '*Luciole-*Instruct-1.1*',
    licence: 'Apache-2.0',
    tuningData: 'supervised tuning and preferences (DPO), as its card says',
    country: 'FR',
  },
  {
    model: 'OpenLLM-France/Luciole-Instruct-1.1*',
    licence: 'Apache-2.0',
    tuningData: 'supervised tuning and preferences (DPO), as its card says',
    country: 'FR',
  },
  {
    model: 'mistralai/Mistral-Small-*24B-Instruct*',
    licence: 'Apache-2.0',
    tuningData: 'not published',
    country: 'FR',
  },
];

/** Names that stand for whatever their server says: what they stand for is looked up before a text is sent. */
const ALIASES = ['openweight-small', 'openweight-medium', 'openweight-large', 'albert-small', 'albert-large'];

/** The facts of a model, from the settings' own approvals first; `alias` where only its server can tell; null where it is refused. */
export function findModel(name: string, approved: readonly AllowedModel[]): ModelFacts | 'alias' | null {
  const found = [...approved, ...KNOWN].find(({ model }) => matches(model, name));
  if (found !== undefined) {
    const { licence, tuningData, country, approver } = found;
    return { licence, tuningData, country, ...(approver === undefined ? {} : { approver }) };
  }
  return ALIASES.includes(name.toLowerCase()) ? 'alias' : null;
}

/** Patterns of the models that are known without approval, for messages. */
export const KNOWN_MODELS: readonly string[] = KNOWN.map(({ model }) => model.replaceAll('*', ''));

/** Parts between stars are looked for in order, first and last at the ends: linear, whatever the pattern. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  if (parts.length === 1) return text === parts[0];
  if (!text.startsWith(parts[0]!)) return false;
  let at = parts[0]!.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - parts.at(-1)!.length >= at && text.endsWith(parts.at(-1)!);
}
