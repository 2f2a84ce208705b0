// A text that a person writes, with what it is for and what is wrong with it.

import { type ReactNode, useId } from 'react';
import type { Mistake } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Mistakes } from './mistakes.tsx';

interface WordsFieldProps {
  readonly label: string;
  readonly help: ReactNode;
  readonly value: string;
  readonly mistakes: readonly Mistake[];
  readonly change: (value: string) => void;
  readonly required?: boolean;
  readonly long?: boolean;
  readonly suggestions?: readonly string[];
  readonly disabled?: boolean;
}

export function WordsField(props: WordsFieldProps) {
  const { label, help, value, mistakes, change, required = false, long = false, suggestions = [], disabled } = props;
  const { t } = useWords();
  const id = useId();
  const shared = {
    id,
    value,
    required,
    disabled,
    'aria-invalid': mistakes.length > 0,
    'aria-describedby': mistakes.length > 0 ? `${id}-help ${id}-wrong` : `${id}-help`,
  };
  return (
    <div className="field wide">
      <label htmlFor={id}>
        {label} {required && <span className="needed">{t('wizard.required')}</span>}
      </label>
      {long ? (
        <textarea {...shared} className="input" rows={2} onChange={(event) => change(event.target.value)} />
      ) : (
        <input {...shared} type="text" list={`${id}-list`} onChange={(event) => change(event.target.value)} />
      )}
      <datalist id={`${id}-list`}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
      <div id={`${id}-help`} className="small faint">
        {help}
      </div>
      <Mistakes id={`${id}-wrong`} mistakes={mistakes} />
    </div>
  );
}
