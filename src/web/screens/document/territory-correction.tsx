// Where a person says that a document is: what stands, what it taught, and the form to say it.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentAnswer } from '../../../api/documents.ts';
import type { CorrectedAnswer, TerritoryStateAnswer } from '../../../api/territory.ts';
import { send, useTerritoryState } from '../../client.ts';
import { useWords, type Words } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { CorrectionForm, type GivenTerritory } from './correction-form.tsx';
import { nameOf, ruleOf } from './place-words.ts';

type State = TerritoryStateAnswer;

export function TerritoryCorrection({ document }: { readonly document: DocumentAnswer }) {
  const words = useWords();
  const { t, language } = words;
  const { data: state } = useTerritoryState(document.id);
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [error, setError] = useState<Error | null>(null);
  // The workbench may be open for reading only.
  if (state === undefined) return null;
  const say = async (given: GivenTerritory) => {
    setError(null);
    try {
      const path = `/api/v1/documents/${document.id}/territory`;
      const { others } = await send<CorrectedAnswer>({ method: 'POST', path, body: given, language });
      if (given.decision === 'withdrawn') setSaid(t('correct.withdrawn'));
      else setSaid(others > 0 ? t('correct.others', { n: others }) : t('correct.saved'));
      setOpen(false);
      await queries.invalidateQueries();
    } catch (thrown) {
      setError(thrown as Error);
    }
  };
  return (
    <div className="correction">
      <Standing state={state} words={words} />
      <p className="small" role="status">
        {said}
      </p>
      {error !== null && <Problem error={error} />}
      {isOpen ? (
        <CorrectionForm form={state.form} say={say} cancel={() => setOpen(false)} />
      ) : (
        <p className="actions">
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {t('correct.open')}
          </button>
          {state.correction !== null && (
            <button type="button" className="button quiet" onClick={() => void say({ decision: 'withdrawn' })}>
              {t('correct.withdraw')}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function Standing({ state, words }: { readonly state: State; readonly words: Words }) {
  const { t, date } = words;
  const { correction, found, form, lesson } = state;
  return (
    <>
      {correction !== null && (
        <p className="small">
          {t(correction.always ? 'correct.said.always' : 'correct.said', {
            person: correction.annotator.replace(/^person:/, ''),
            date: date(correction.at),
            place: saidName(correction, words),
          })}
        </p>
      )}
      {lesson !== null && form !== null && (
        <p className="small">
          {t('correct.lesson', { words: form.words, place: saidName(lesson, words), n: lesson.corrections })}
        </p>
      )}
      {(correction !== null || lesson !== null) && (
        <p className="small faint">
          {found.places.length === 0
            ? t('correct.found.none')
            : t('correct.found', {
                places: found.places.map((place) => nameOf(place, words)).join(', '),
                rule: found.rule === null ? '' : ruleOf(found.rule, words),
              })}
        </p>
      )}
    </>
  );
}

function saidName({ decision, place }: NonNullable<State['correction' | 'lesson']>, words: Words): string {
  return place === null ? words.named('correct.decision', decision) : nameOf(place, words);
}
