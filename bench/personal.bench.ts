// Documents a second through every detector of personal data on one core: short, typical, long, and one in five
// holding forms. Also the time to read the lists of names.

import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { compose } from '../examples/concertation/fabrique/writing.ts';
import { report } from './report.ts';

const TONES = ['negatif', 'neutre', 'positif'] as const;
const SECONDS = 2;
/** Fictive, one after every fifth text. */
const PERSONAL = [
  ' Cordialement, Léa Durand, 12 rue des Lilas, 44000 Nantes',
  ' Rappelez M. Karim Benali au 06 00 00 45 12 ou karim.benali@exemple.fr',
  ' Mon dossier n° 2024-004512, née le 12/03/1984, la voiture AB-123-CD de Mme Le Goff',
] as const;

const begun = performance.now();
const { findPersonal } = await import('../src/refine/personal.ts');
report({ name: 'personal.load', value: performance.now() - begun, unit: 'ms', n: 1 });

for (const length of [100, 600, 5000]) {
  const texts = textsOf(length, 2000);
  for (const text of texts) findPersonal(text);
  let n = 0;
  const start = performance.now();
  const before = process.threadCpuUsage();
  while (performance.now() - start < SECONDS * 1000) {
    // A round of 50 between two looks at the clock.
    for (let round = 0; round < 50; round += 1) {
      findPersonal(texts[n % texts.length]!);
      n += 1;
    }
  }
  const used = process.threadCpuUsage(before);
  report({
    name: `personal.find.${length}`,
    value: (n / (used.user + used.system)) * 1e6,
    unit: 'documents/s of processor time',
    n,
  });
}

function textsOf(length: number, count: number): readonly string[] {
  const random = seeded(length);
  const themes = Object.keys(PHRASES);
  return Array.from({ length: count }, (_, index) => {
    const [name, postcode] = random.pick(COMMUNES);
    const tail = index % 5 === 0 ? PERSONAL[(index / 5) % PERSONAL.length]! : '';
    let text = '';
    while (text.length < length) {
      text += `${compose(random.pick(themes), random.pick(TONES), { name, postcode }, random)} `;
    }
    return text.slice(0, Math.max(0, length - tail.length)) + tail;
  });
}
