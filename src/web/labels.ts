// Names of labels in the reader's language: themes and tones from the codebook, départements from their code.

import { useMemo } from 'react';
import { useAnswer } from './client.ts';
import { DEPARTMENTS } from './departments.ts';
import { useWords } from './language.tsx';

/** What the barometer calls documents without theme and without département (decide/cells.ts): no filter finds them. */
export const WITHOUT_THEME = 'non-annote';
export const WITHOUT_DEPARTMENT = 'inconnu';

export interface Labels {
  /** Title of a category of a task; the id itself where the codebook does not know it. */
  readonly category: (task: string, id: string | null) => string;
  readonly task: (id: string) => string;
  readonly department: (code: string | null) => string;
  readonly speech: (language: string) => string;
  /** Ids of a task's categories, in the codebook's order. */
  readonly categories: (task: string) => readonly string[];
}

export function useLabels(): Labels {
  const { language, t, named } = useWords();
  const { data } = useAnswer('/api/v1/codebook', {}, { staleTime: 600_000 });
  return useMemo(() => {
    const tasks = new Map((data?.codebook?.tasks ?? []).map((task) => [task.id, task]));
    const languages = new Intl.DisplayNames([language], { type: 'language' });
    return {
      category(task, id) {
        if (id === null || id === WITHOUT_THEME) return t('label.none');
        if (id === 'abstention') return t('label.abstention');
        return tasks.get(task)?.categories.find((category) => category.id === id)?.title[language] ?? id;
      },
      task: (id) => tasks.get(id)?.title[language] ?? id,
      department: (code) =>
        code === null || code === WITHOUT_DEPARTMENT ? t('label.noDepartment') : (DEPARTMENTS[code] ?? code),
      speech(code) {
        if (code === 'und') return t('label.unknownLanguage');
        const ours = named('speech', code);
        return ours === code ? (languages.of(code) ?? code) : ours;
      },
      categories: (task) => tasks.get(task)?.categories.map((category) => category.id) ?? [],
    };
  }, [data, language, t, named]);
}
