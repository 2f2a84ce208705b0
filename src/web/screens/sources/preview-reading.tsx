// Format, charset and separators as they were found, each to be corrected where the collector lets them be said.

import { useId } from 'react';
import { useWords } from '../../language.tsx';
import type { Values } from './draft.ts';
import { withValue } from './draft.ts';
import type { PreviewProps } from './preview-props.ts';

const CHARSETS = ['utf-8', 'windows-1252', 'iso-8859-15', 'utf-16le', 'utf-16be', 'macintosh', 'ibm850'];
const DELIMITERS = [';', ',', '\t', '|'];

export function PreviewReading({ preview, schema, config, busy, correct }: PreviewProps) {
  const { t } = useWords();
  const may = (word: string) => schema.properties?.[word] !== undefined;
  const put = (word: string) => (value: string) => correct(withValue(config, word, value === '' ? undefined : value));
  const isTable = preview.delimiter !== null;
  return (
    <section aria-labelledby="reading-title" className="part">
      <h3 id="reading-title">{t('preview.reading')}</h3>
      <p>
        {t('preview.records', { n: preview.records })} <code>{preview.location}</code>{' '}
        <span className="faint">({preview.format ?? preview.mediaType})</span>
      </p>
      {preview.charset !== null && (
        <div className="corrections">
          <Correction
            label={t('preview.charset')}
            found={preview.charset}
            shown={preview.charset}
            options={CHARSETS}
            said={textOf(config, 'encoding')}
            change={may('encoding') ? put('encoding') : null}
            busy={busy}
          />
          {isTable && (
            <>
              <Correction
                label={t('preview.delimiter')}
                found={preview.delimiter ?? ''}
                shown={delimiterName(preview.delimiter ?? '', t('preview.tab'))}
                options={DELIMITERS}
                name={(delimiter) => delimiterName(delimiter, t('preview.tab'))}
                said={textOf(config, 'delimiter')}
                change={may('delimiter') ? put('delimiter') : null}
                busy={busy}
              />
              <HeaderCorrection config={config} busy={busy} correct={may('header') ? correct : null} />
            </>
          )}
        </div>
      )}
    </section>
  );
}

function delimiterName(delimiter: string, tab: string): string {
  return delimiter === '\t' ? tab : delimiter;
}

function textOf(config: Values, word: string): string {
  const value = config[word];
  return typeof value === 'string' ? value : '';
}

interface CorrectionProps {
  readonly label: string;
  readonly found: string;
  readonly shown: string;
  readonly options: readonly string[];
  readonly name?: (option: string) => string;
  /** What the settings say; empty where it is found. */
  readonly said: string;
  /** Null where it cannot be said. */
  readonly change: ((value: string) => void) | null;
  readonly busy: boolean;
}

function Correction({ label, found, shown, options, name = (option) => option, said, change, busy }: CorrectionProps) {
  const { t } = useWords();
  const id = useId();
  if (change === null) {
    return (
      <p>
        {label} : <strong>{shown}</strong>
      </p>
    );
  }
  const known = [...new Set([...options, ...(said === '' ? [] : [said])])];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={said} disabled={busy} onChange={(event) => change(event.target.value)}>
        <option value="">{said === '' ? t('preview.found', { value: name(found) }) : t('preview.findIt')}</option>
        {known.map((option) => (
          <option key={option} value={option}>
            {name(option)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface HeaderCorrectionProps {
  readonly config: Values;
  readonly busy: boolean;
  readonly correct: ((config: Values) => void) | null;
}

/** Whether the first row names the columns; the number of another row is written in the settings. */
function HeaderCorrection({ config, busy, correct }: HeaderCorrectionProps) {
  const { t } = useWords();
  const id = useId();
  if (correct === null) return null;
  const { header } = config;
  const value = header === undefined ? '' : String(header);
  return (
    <div className="field">
      <label htmlFor={id}>{t('preview.header')}</label>
      <select
        id={id}
        className="input"
        value={value}
        disabled={busy}
        onChange={({ target }) => {
          const words: Readonly<Record<string, boolean | undefined>> = { true: true, false: false };
          correct(withValue(config, 'header', words[target.value] ?? (Number(target.value) || undefined)));
        }}
      >
        <option value="">{t('preview.findIt')}</option>
        <option value="true">{t('preview.header.first')}</option>
        <option value="false">{t('preview.header.none')}</option>
        {[2, 3, 4, 5].map((row) => (
          <option key={row} value={row}>
            {t('preview.header.row', { row })}
          </option>
        ))}
      </select>
    </div>
  );
}
