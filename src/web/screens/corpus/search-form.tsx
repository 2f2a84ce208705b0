// Words to look for, sent when the reader says so.

import { useEffect, useId, useState } from 'react';
import { useWords } from '../../language.tsx';

interface SearchFormProps {
  readonly words: string;
  readonly search: (words: string) => void;
}

export function SearchForm({ words, search }: SearchFormProps) {
  const { t } = useWords();
  const id = useId();
  const [typed, setTyped] = useState(words);
  useEffect(() => setTyped(words), [words]);
  return (
    <search>
      <form
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          search(typed.trim());
        }}
      >
        <label htmlFor={id} className="hidden">
          {t('corpus.search')}
        </label>
        <input
          id={id}
          type="search"
          maxLength={500}
          placeholder={t('corpus.placeholder')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="button primary">
          {t('corpus.submit')}
        </button>
      </form>
    </search>
  );
}
