// The official gazetteer as one small text: what worker threads load instead of 12 MB of JSON.
// Written again, after a new version of the package, by DATASENS_WRITE_GAZETTEER=1 vitest run src/refine/territory/gazetteer.test.ts

/** The rows that are read of `@etalab/decoupage-administratif`. */
export interface OfficialRows {
  readonly version: string;
  readonly communes: readonly OfficialCommune[];
  readonly departements: readonly { readonly code: string; readonly nom: string; readonly region: string }[];
  readonly regions: readonly { readonly code: string; readonly nom: string; readonly zone: string }[];
  readonly epci: readonly {
    readonly code: string;
    readonly nom: string;
    readonly type: string;
    readonly membres: readonly { readonly code: string }[];
  }[];
}

interface OfficialCommune {
  readonly code: string;
  readonly nom: string;
  readonly type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal';
  readonly departement: string;
  readonly codesPostaux?: readonly string[];
  readonly population?: number;
  readonly anciensCodes?: readonly string[];
  /** Of a commune that is part of another: the other's code. */
  readonly chefLieu?: string;
  /** Of an arrondissement: the city's code. */
  readonly commune?: string;
}

/** Year of the Code officiel géographique by major version of the package, as its readme says. */
const VINTAGES: Readonly<Record<string, string>> = { 4: '2024', 5: '2025', 6: '2026' };

/**
 * Text of the gazetteer, a line a place, in the order of codes: `R` régions, `D` départements, `E` EPCI, `C` the département
 * of the communes that follow. Codes and postal codes of communes are without their département where they begin with it.
 */
export function gazetteerText(rows: OfficialRows): string {
  const vintage = VINTAGES[rows.version.split('.')[0]!];
  if (vintage === undefined) throw new Error(`the vintage of version ${rows.version} is not known: add it to VINTAGES`);
  const epcis = sorted(rows.epci);
  const epciOf = new Map(epcis.flatMap((epci, rank) => epci.membres.map((member) => [member.code, rank] as const)));
  const lines = [
    `# Communes, EPCI, départements and régions: @etalab/decoupage-administratif ${rows.version} (MIT), from INSEE, DGCL and`,
    '# La Poste, Licence Ouverte 2.0. Made by gazetteer-text.ts; not edited by hand.',
    `V|${vintage}`,
  ];
  for (const region of sorted(rows.regions).filter(({ zone }) => zone !== 'com')) {
    lines.push(`R|${region.code}|${region.nom}`);
  }
  for (const { code, nom, region } of sorted(rows.departements)) lines.push(`D|${code}|${nom}|${region}`);
  for (const { code, nom, type } of epcis) lines.push(`E|${code}|${nom}|${type}`);
  const byDepartment = Map.groupBy(sorted(rows.communes), (commune) => commune.departement);
  for (const [department, communes] of [...byDepartment].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`C|${department}`);
    const short = (code: string) => (code.startsWith(department) ? code.slice(department.length) : code);
    for (const commune of communes) lines.push(...communeLine(commune, epciOf.get(commune.code), short));
  }
  return `${lines.join('\n')}\n`;
}

/** `code|name|population|postal codes|EPCI|former codes`; `>city|…` an arrondissement; `<commune|…` a part of a commune. */
function communeLine(
  commune: OfficialCommune,
  epci: number | undefined,
  short: (code: string) => string,
): readonly string[] {
  const { code, nom, population = 0, codesPostaux = [] } = commune;
  switch (commune.type) {
    case 'commune-actuelle': {
      const former = (commune.anciensCodes ?? []).map(short).join(',');
      const postal = codesPostaux.map(short).join(',');
      return [`${short(code)}|${nom}|${population || ''}|${postal}|${epci ?? ''}|${former}`.replace(/\|+$/, '')];
    }
    case 'arrondissement-municipal':
      return [`>${short(commune.commune!)}|${short(code)}|${codesPostaux.map(short).join(',')}`];
    case 'commune-deleguee':
    case 'commune-associee':
      // A part that bears the code of its commune and lies in it adds a name only.
      return [`<${short(commune.chefLieu!)}|${nom}${commune.chefLieu === code ? '' : `|${short(code)}`}`];
  }
}

function sorted<Row extends { readonly code: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
