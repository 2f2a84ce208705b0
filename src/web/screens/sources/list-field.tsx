// Several texts, or several names with their values, one below the other.

import { useId } from 'react';
import { useWords } from '../../language.tsx';
import type { Value, Values } from './draft.ts';
import type { ControlAttributes } from './field-kind.ts';

interface TextsFieldProps {
  readonly control: ControlAttributes;
  readonly value: Value | undefined;
  /** One text may stand without its list. */
  readonly alone: boolean;
  readonly files: readonly string[];
  readonly change: (value: Value | undefined) => void;
}

export function TextsField({ control, value, alone, files, change }: TextsFieldProps) {
  const { t } = useWords();
  const list = useId();
  const texts = Array.isArray(value) ? (value as readonly string[]) : [typeof value === 'string' ? value : ''];
  const shown = texts.length === 0 ? [''] : texts;
  const put = (next: readonly string[]) => {
    if (next.every((text) => text === '')) change(next.length > 1 ? next : undefined);
    else change(alone && next.length === 1 ? next[0]! : next);
  };
  const { id, ...described } = control;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, and the field has its name already
    <div className="rows" role="group" aria-labelledby={`${id}-name`}>
      {shown.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells one line from another
        <div key={at} className="row">
          <input
            {...described}
            type="text"
            value={text}
            list={list}
            spellCheck={false}
            aria-label={t('wizard.line', { n: at + 1 })}
            onChange={(event) => put(shown.with(at, event.target.value))}
          />
          {shown.length > 1 && (
            <button
              type="button"
              className="button quiet"
              aria-label={t('wizard.remove', { n: at + 1 })}
              onClick={() => put(shown.filter((_, other) => other !== at))}
            >
              ×
            </button>
          )}
        </div>
      ))}
      <datalist id={list}>
        {files.map((file) => (
          <option key={file} value={file} />
        ))}
      </datalist>
      <button type="button" className="button small-button" onClick={() => change([...shown, ''])}>
        {t('wizard.add')}
      </button>
    </div>
  );
}

interface PairsFieldProps {
  readonly control: ControlAttributes;
  readonly value: Values | undefined;
  readonly change: (value: Value | undefined) => void;
}

export function PairsField({ control, value = {}, change }: PairsFieldProps) {
  const { t } = useWords();
  const pairs = Object.entries(value);
  const shown = pairs.length === 0 ? [['', ''] as const] : pairs;
  const put = (at: number, key: string, text: Value) => {
    const next = shown.map((pair, other) => (other === at ? [key, text] : pair));
    change(Object.fromEntries(next) as Values);
  };
  const { id, ...described } = control;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, and the field has its name already
    <div className="rows" role="group" aria-labelledby={`${id}-name`}>
      {shown.map(([key, text], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells one line from another
        <div key={at} className="row">
          <input
            {...described}
            type="text"
            value={key}
            aria-label={t('wizard.key', { n: at + 1 })}
            spellCheck={false}
            onChange={(event) => put(at, event.target.value, text)}
          />
          <input
            {...described}
            type="text"
            value={String(text)}
            aria-label={t('wizard.value', { n: at + 1 })}
            spellCheck={false}
            onChange={(event) => put(at, key, event.target.value)}
          />
          {pairs.length > 0 && (
            <button
              type="button"
              className="button quiet"
              aria-label={t('wizard.remove', { n: at + 1 })}
              onClick={() => change(Object.fromEntries(pairs.filter((_, other) => other !== at)) as Values)}
            >
              ×
            </button>
          )}
        </div>
      ))}
      <button type="button" className="button small-button" onClick={() => change({ ...value, '': '' })}>
        {t('wizard.add')}
      </button>
    </div>
  );
}
