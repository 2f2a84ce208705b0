// The place is reached and its first records read, before anything is kept: what was found may be corrected.

import { useEffect, useRef, useState } from 'react';
import type { CatalogueAnswer, PreviewAnswer, TestAnswer } from '../../../api/source-schemas.ts';
import { type Mistake, ProblemError, send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useAmounts } from './amounts.ts';
import { type Draft, triedOf, type Values } from './draft.ts';
import type { Schema } from './field-kind.ts';
import { useMistakeWords } from './mistakes.tsx';
import { PreviewResult } from './preview-result.tsx';

interface PreviewStepProps {
  readonly collector: CatalogueAnswer['collectors'][number];
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  /** Mistakes of the settings, for the step they are on. */
  readonly tell: (mistakes: readonly Mistake[]) => void;
}

type Trial =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly what: 'test' | 'preview' }
  | { readonly kind: 'problem'; readonly error: ProblemError }
  | { readonly kind: 'tested'; readonly answer: TestAnswer }
  | { readonly kind: 'previewed'; readonly answer: PreviewAnswer };

export function PreviewStep({ collector, draft, change, tell }: PreviewStepProps) {
  const { t } = useWords();
  const { trial, shown, run } = useTrial(tell);
  const busy = trial.kind === 'busy';
  const correct = (config: Values) => {
    change({ config });
    run('preview', { ...draft, config });
  };
  return (
    <>
      <p className="faint">{t('preview.body')}</p>
      <div className="actions">
        <button type="button" className="button" disabled={busy} onClick={() => run('test', draft)}>
          {t('preview.test')}
        </button>
        <button type="button" className="button primary" disabled={busy} onClick={() => run('preview', draft)}>
          {t('preview.read')}
        </button>
      </div>
      <div aria-live="polite" className="screen-part">
        {trial.kind === 'busy' && <p className="faint">{t(`preview.busy.${trial.what}`)}</p>}
        {trial.kind === 'problem' && <TrialProblem error={trial.error} />}
        {trial.kind === 'tested' && <Tested answer={trial.answer} />}
        {trial.kind === 'previewed' && trial.answer.kind === 'failed' && <Failed failure={trial.answer} />}
      </div>
      {shown !== null && (
        <PreviewResult
          preview={shown}
          schema={collector.schema as Schema}
          config={draft.config}
          busy={busy}
          correct={correct}
        />
      )}
    </>
  );
}

/** One trial at a time; a new one leaves the one before. The last preview stays while it is corrected. */
function useTrial(tell: PreviewStepProps['tell']) {
  const { language } = useWords();
  const [trial, setTrial] = useState<Trial>({ kind: 'none' });
  const [shown, setShown] = useState<Extract<PreviewAnswer, { readonly kind: 'read' }> | null>(null);
  const pending = useRef<AbortController>(null);
  useEffect(() => () => pending.current?.abort(), []);
  const run = (what: 'test' | 'preview', draft: Draft) => {
    pending.current?.abort();
    const stop = new AbortController();
    pending.current = stop;
    setTrial({ kind: 'busy', what });
    const path = `/api/v1/sources/${what}`;
    const request = { method: 'POST', path, body: triedOf(draft), language, signal: stop.signal } as const;
    const settle = (next: Trial) => {
      if (stop.signal.aborted) return;
      setTrial(next);
      tell(next.kind === 'problem' ? next.error.mistakes : []);
      if (next.kind === 'previewed') setShown(next.answer.kind === 'read' ? next.answer : null);
    };
    const asked =
      what === 'test'
        ? send<TestAnswer>(request).then((answer): Trial => ({ kind: 'tested', answer }))
        : send<PreviewAnswer>(request).then((answer): Trial => ({ kind: 'previewed', answer }));
    asked.then(settle, (error: unknown) =>
      settle({
        kind: 'problem',
        error: error instanceof ProblemError ? error : new ProblemError('', 'internal', null),
      }),
    );
  };
  return { trial, shown, run };
}

function TrialProblem({ error }: { readonly error: ProblemError }) {
  const { t } = useWords();
  const say = useMistakeWords();
  if (error.mistakes.length === 0) return <Problem error={error} />;
  return (
    <div className="notice bad" role="alert">
      <p>
        <strong>{t('preview.incomplete')}</strong>
      </p>
      <ul className="plain">
        {error.mistakes.map((mistake) => (
          <li key={mistake.pointer}>
            <code>{mistake.pointer.slice('/with/'.length) || mistake.pointer}</code> : {say(mistake)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Tested({ answer }: { readonly answer: TestAnswer }) {
  const { t } = useWords();
  const { span } = useAmounts();
  if (answer.kind === 'failed') return <Failed failure={answer} />;
  const { records, location, seconds } = answer;
  return (
    <div className="notice good">
      <p>
        <strong>{t(records > 0 ? 'preview.answered' : 'preview.answeredNothing')}</strong>
      </p>
      <p>
        {location !== null && <code>{location}</code>} {t('preview.within', { time: span(seconds) })}
      </p>
      {records === 0 && <p>{t('preview.answeredNothing.body')}</p>}
    </div>
  );
}

/** A failure of the place: its cause and what to do, then the program's own words. */
function Failed({ failure }: { readonly failure: Extract<TestAnswer, { readonly kind: 'failed' }> }) {
  const { named } = useWords();
  return (
    <div className="notice bad" role="alert">
      <p>
        <strong>{named('cause', failure.code)}</strong>
      </p>
      <p>{named('cure', failure.code)}</p>
      <p className="small">
        <code>{failure.message}</code>
        {failure.remedy !== null && <> {failure.remedy}</>}
      </p>
    </div>
  );
}
