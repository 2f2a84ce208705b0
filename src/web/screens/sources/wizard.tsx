// Adding or changing a source, step by step: what reads it, from where, what comes, on which legal ground, how often.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { CatalogueAnswer, SavedAnswer } from '../../../api/source-schemas.ts';
import { type Mistake, ProblemError, send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { bodyOf, type Draft, firstText, nameFrom, STEPS, type Step, stepOf } from './draft.ts';
import { CollectorStep } from './step-collector.tsx';
import { LegalStep } from './step-legal.tsx';
import { PreviewStep } from './step-preview.tsx';
import { RhythmStep } from './step-rhythm.tsx';
import { SettingsStep } from './step-settings.tsx';

interface WizardProps {
  readonly catalogue: CatalogueAnswer;
  readonly start: Draft;
  /** Of the settings that were read. */
  readonly etag: string;
  readonly isNew: boolean;
}

export function Wizard({ catalogue, start, etag, isNew }: WizardProps) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState(start);
  const [step, setStep] = useState<Step>(start.collector === '' ? 'collector' : 'settings');
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [saving, setSaving] = useState(false);
  // What was read when this screen opened: a later reading must not hide that somebody else wrote.
  const [seen] = useState(etag);
  const heading = useFocusOnStep(step);
  const collector = catalogue.collectors.find(({ name }) => name === draft.collector);
  const steps = STEPS.filter((name) => isNew || name !== 'collector');
  const at = steps.indexOf(step);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setProblem(null);
  };
  const go = (to: Step) => {
    if (to === 'rhythm' && draft.name === '') change({ name: nameFrom(draft.title || firstText(draft.config)) });
    setStep(to);
  };
  const save = async () => {
    setSaving(true);
    setProblem(null);
    try {
      await send<SavedAnswer>({
        method: 'PUT',
        path: `/api/v1/sources/${encodeURIComponent(draft.name)}`,
        body: bodyOf(draft),
        language,
        headers: { 'if-match': `"${seen}"`, ...(isNew ? { 'if-none-match': '*' } : {}) },
      });
      await queries.invalidateQueries();
      navigate(`/sources/${draft.name}`);
    } catch (error) {
      const failure = error instanceof ProblemError ? error : new ProblemError('', 'internal', null);
      setProblem(failure);
      setMistakes(failure.mistakes);
      const first = failure.mistakes[0];
      if (first) setStep(steps.includes(stepOf(first)) ? stepOf(first) : 'settings');
    } finally {
      setSaving(false);
    }
  };

  return (
    <>
      <nav aria-label={t('wizard.steps')}>
        <ol className="steps">
          {steps.map((name, index) => (
            <li key={name}>
              <button
                type="button"
                className="step"
                aria-current={name === step ? 'step' : undefined}
                disabled={collector === undefined && name !== 'collector'}
                onClick={() => go(name)}
              >
                <span className="step-rank" aria-hidden="true">
                  {index + 1}
                </span>
                {t(`wizard.step.${name}`)}
                {mistakes.some((mistake) => stepOf(mistake) === name) && (
                  <span className="badge bad">{t('wizard.toCorrect')}</span>
                )}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {problem !== null && <Failure problem={problem} />}
      <section className="card" aria-labelledby="step-title">
        <h2 id="step-title" ref={heading} tabIndex={-1}>
          {t(`wizard.step.${step}`)}
        </h2>
        {step === 'collector' && (
          <CollectorStep
            catalogue={catalogue}
            chosen={draft.collector}
            choose={(name) => {
              if (name !== draft.collector) change({ collector: name, config: {} });
              setStep('settings');
            }}
          />
        )}
        {step === 'settings' && collector && (
          <SettingsStep collector={collector} draft={draft} mistakes={mistakes} change={change} />
        )}
        {step === 'preview' && collector && (
          <PreviewStep collector={collector} draft={draft} change={change} tell={setMistakes} />
        )}
        {step === 'legal' && (
          <LegalStep licences={catalogue.licences} draft={draft} mistakes={mistakes} change={change} />
        )}
        {step === 'rhythm' && <RhythmStep draft={draft} isNew={isNew} mistakes={mistakes} change={change} />}
      </section>
      {collector !== undefined && (
        <div className="wizard-bar">
          <Link href={isNew ? '/sources' : `/sources/${draft.name}`} className="button quiet">
            {t('wizard.leave')}
          </Link>
          <span className="actions">
            {at > 0 && (
              <button type="button" className="button" onClick={() => go(steps[at - 1]!)}>
                {t('wizard.previous')}
              </button>
            )}
            {at < steps.length - 1 && (
              <button type="button" className={`button ${isNew ? 'primary' : ''}`} onClick={() => go(steps[at + 1]!)}>
                {t('wizard.next')}
              </button>
            )}
            {(at === steps.length - 1 || !isNew) && (
              <button type="button" className="button primary" disabled={saving} onClick={() => void save()}>
                {saving ? t('wizard.saving') : t('wizard.save')}
              </button>
            )}
          </span>
        </div>
      )}
    </>
  );
}

function Failure({ problem }: { readonly problem: ProblemError }) {
  const { t } = useWords();
  if (problem.code === 'locked') {
    return (
      <div className="notice bad" role="alert">
        <p>
          <strong>{t('wizard.locked')}</strong>
        </p>
        <p>{t('wizard.locked.body')}</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          {t('wizard.reload')}
        </button>
      </div>
    );
  }
  if (problem.mistakes.length === 0) return <Problem error={problem} isWrite />;
  return (
    <div className="notice bad" role="alert">
      <p>
        <strong>{t('wizard.mistakes', { n: problem.mistakes.length })}</strong>
      </p>
    </div>
  );
}

/** A new step is a new page: the focus goes to its title. */
function useFocusOnStep(step: Step) {
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}
