// One series of an SDMX-ML message, generic or structure-specific, as plain values: dimensions, attributes, observations.

import { Parser } from 'htmlparser2';

export interface SdmxSeries {
  /** Dimensions and attributes by their ids, and `observations`, each `{ period, value, … }`, in the message's order. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Dimensions, attributes, then one field a period. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

type Observation = Record<string, string>;

/** Longer series are statistics to load elsewhere; the most recent periods usually come first. */
const MAXIMUM_OBSERVATIONS = 5000;
const MAXIMUM_FIELDS = 300;

/** Reads a series, or one observation that stands alone. Never throws: what is no XML has no fields. */
export function readSdmxSeries(text: string): SdmxSeries {
  const series = new Map<string, string>();
  const observations: Observation[] = [];
  let observation: Observation | null = null;

  const take = (name: string, attributes: Readonly<Record<string, string>>) => {
    const { id, value } = attributes;
    switch (name) {
      case 'Series':
        for (const [key, each] of plainAttributes(attributes)) series.set(key, each);
        return;
      case 'Obs':
        observation = observationOf(plainAttributes(attributes));
        return;
      case 'ObsDimension':
      case 'Time':
        if (observation !== null) observation.period = value ?? '';
        return;
      case 'ObsValue':
        if (observation !== null) observation.value = value ?? '';
        return;
      case 'Value':
        if (id === undefined || value === undefined) return;
        if (observation === null) series.set(id, value);
        else observation[id === 'TIME_PERIOD' ? 'period' : id] = value;
        return;
      default:
    }
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => take(localName(name), attributes),
      onclosetag(name) {
        if (localName(name) !== 'Obs' || observation === null) return;
        if (observations.length < MAXIMUM_OBSERVATIONS) observations.push(observation);
        observation = null;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  const own = [...series];
  return {
    value: { ...Object.fromEntries(own), observations },
    fields: [...own, ...observations.map(({ period, value }) => [period ?? '', value ?? ''] as const)].slice(
      0,
      MAXIMUM_FIELDS,
    ),
  };
}

/** Structure-specific messages spell everything as attributes. */
function observationOf(attributes: readonly (readonly [string, string])[]): Observation {
  const names: Readonly<Record<string, string>> = { TIME_PERIOD: 'period', OBS_VALUE: 'value' };
  return Object.fromEntries(attributes.map(([name, value]) => [names[name] ?? name, value]));
}

function plainAttributes(attributes: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(attributes).filter(([name]) => !name.includes(':') && name !== 'xmlns');
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
