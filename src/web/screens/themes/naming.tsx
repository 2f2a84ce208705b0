// What a model made of the names of a proposal, and which themes keep the name of their terms.

import type { ThemeBoardAnswer } from '../../../api/themes.ts';
import { useWords } from '../../language.tsx';

export function Naming({ naming }: { readonly naming: NonNullable<ThemeBoardAnswer['naming']> }) {
  const { t } = useWords();
  const { annotator, model, named, kept, stopped } = naming;
  const who = model === null ? annotator : `${annotator} (${model})`;
  const faults = Object.entries(kept);
  return (
    <section className="notice" aria-label={t('themes.naming')}>
      {named > 0 && <p>{t('themes.naming.named', { who, n: named })}</p>}
      {stopped !== null && <p>{t(`themes.naming.${stopped}`, { who })}</p>}
      {faults.length > 0 && (
        <>
          <p>{t('themes.naming.kept', { n: faults.length })}</p>
          <ul>
            {faults.map(([theme, fault]) => (
              <li key={theme}>
                {theme} — {t(`themes.naming.fault.${fault}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
