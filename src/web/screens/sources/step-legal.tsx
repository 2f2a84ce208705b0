// The legal card: without it a source does not start.

import { useId } from 'react';
import type { CatalogueAnswer } from '../../../api/source-schemas.ts';
import type { Mistake } from '../../client.ts';
import { useWords } from '../../language.tsx';
import type { Draft } from './draft.ts';
import { Mistakes } from './mistakes.tsx';
import { WordsField } from './words-field.tsx';

interface LegalStepProps {
  readonly licences: CatalogueAnswer['licences'];
  readonly draft: Draft;
  readonly mistakes: readonly Mistake[];
  readonly change: (part: Partial<Draft>) => void;
}

/** GDPR art. 6.1, a to f, in the words of the CNIL. */
const BASES = ['publicTask', 'legalObligation', 'consent', 'legitimateInterest', 'contract', 'vitalInterest'] as const;
const UNITS = ['years', 'months', 'days'] as const;

export function LegalStep({ licences, draft, mistakes, change }: LegalStepProps) {
  const { t } = useWords();
  const at = (pointer: string) => mistakes.filter((mistake) => mistake.pointer === pointer);
  return (
    <div className="form">
      <p className="faint">{t('legal.body')}</p>
      <WordsField
        label={t('sources.purpose')}
        help={t('legal.purpose.help')}
        value={draft.purpose}
        required
        long
        mistakes={at('/purpose')}
        change={(purpose) => change({ purpose })}
      />
      <WordsField
        label={t('sources.legalBasis')}
        help={t('legal.basis.help')}
        value={draft.legalBasis}
        required
        suggestions={BASES.map((basis) => t(`legal.basis.${basis}`))}
        mistakes={at('/legalBasis')}
        change={(legalBasis) => change({ legalBasis })}
      />
      <Licence licences={licences} draft={draft} mistakes={at('/licence')} change={change} />
      <Retention draft={draft} mistakes={at('/retention')} change={change} />
      <WordsField
        label={t('legal.approver')}
        help={t('legal.approver.help')}
        value={draft.approver}
        required
        mistakes={at('/approver')}
        change={(approver) => change({ approver })}
      />
      <WordsField
        label={t('legal.territory')}
        help={t('legal.territory.help')}
        value={draft.territory}
        mistakes={at('/territory')}
        change={(territory) => change({ territory })}
      />
    </div>
  );
}

function Licence({ licences, draft, mistakes, change }: LegalStepProps) {
  const { t } = useWords();
  const id = useId();
  const chosen = licences.find((licence) => licence.id === draft.licence);
  return (
    <div className="field wide">
      <label htmlFor={id}>
        {t('sources.licence')} <span className="needed">{t('wizard.required')}</span>
      </label>
      <select
        id={id}
        className="input"
        required
        value={draft.licence}
        aria-invalid={mistakes.length > 0}
        aria-describedby={`${id}-help ${id}-wrong`}
        onChange={(event) => change({ licence: event.target.value })}
      >
        <option value="">{t('legal.licence.choose')}</option>
        {chosen === undefined && draft.licence !== '' && <option>{draft.licence}</option>}
        {licences.map(({ id: licence, title }) => (
          <option key={licence} value={licence}>
            {title} ({licence})
          </option>
        ))}
      </select>
      <p id={`${id}-help`} className="small faint">
        {t(chosen?.reuse === false ? 'legal.licence.closed' : 'legal.licence.help')}
      </p>
      <Mistakes id={`${id}-wrong`} mistakes={mistakes} />
    </div>
  );
}

/** `3 years` in two fields; other writings (18 mois) stay as they are in the first. */
function Retention({ draft, mistakes, change }: Omit<LegalStepProps, 'licences'>) {
  const { t } = useWords();
  const id = useId();
  const [, amount = '', unit = ''] = /^\s*(\d{0,4})\s*(year|month|day|an|mois|jour)s?\s*$/i.exec(draft.retention) ?? [];
  const units: Readonly<Record<string, string>> = { an: 'years', mois: 'months', jour: 'days' };
  const known = units[unit] ?? `${unit || 'year'}s`;
  const put = (count: string, of: string) =>
    change({ retention: `${count} ${count === '1' ? of.replace(/s$/, '') : of}` });
  return (
    <fieldset className="field wide">
      <legend>
        {t('sources.retention')} <span className="needed">{t('wizard.required')}</span>
      </legend>
      <div className="row">
        <input
          type="number"
          min={1}
          max={9999}
          required
          aria-label={t('legal.retention.amount')}
          aria-invalid={mistakes.length > 0}
          aria-describedby={`${id}-help ${id}-wrong`}
          value={amount}
          onChange={(event) => put(event.target.value, known)}
        />
        <select
          className="input"
          aria-label={t('legal.retention.unit')}
          value={known}
          onChange={(event) => put(amount, event.target.value)}
        >
          {UNITS.map((name) => (
            <option key={name} value={name}>
              {t(`legal.retention.${name}`)}
            </option>
          ))}
        </select>
      </div>
      <p id={`${id}-help`} className="small faint">
        {t('legal.retention.help')}
      </p>
      <Mistakes id={`${id}-wrong`} mistakes={mistakes} />
    </fieldset>
  );
}
