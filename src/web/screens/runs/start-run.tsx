// Starts a run: what to do, of which sources, and how long that took before.

import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { RunChoicesAnswer, StartedAnswer } from '../../../api/run-desk.ts';
import { send, useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { EstimateWords, useEstimate } from './estimate-words.tsx';
import { ModelCost } from './model-cost.tsx';
import { useAttempt } from './run-actions.tsx';

type Step = RunChoicesAnswer['steps'][number];

const PLANS = ['all', 'prepare', 'collect', 'publish'] as const;
type Plan = (typeof PLANS)[number];
const STEPS: Readonly<Record<Plan, readonly Step[]>> = {
  all: ['collect', 'refine', 'annotate', 'govern', 'publish', 'decide'],
  prepare: ['collect', 'refine', 'annotate', 'govern'],
  collect: ['collect'],
  publish: ['govern', 'publish', 'decide'],
};

export function StartRun() {
  const { t } = useWords();
  const id = useId();
  const { data } = useAnswer('/api/v1/runs/choices', {}, { staleTime: 2000 });
  if (data === undefined) return null;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{t('start.title')}</h2>
      {data.busy === null ? (
        <StartForm sources={data.sources} />
      ) : (
        <p>
          {t('start.busy')} <Link href={`/runs/${data.busy}`}>{t('start.busy.link')}</Link>
        </p>
      )}
    </section>
  );
}

function StartForm({ sources }: { readonly sources: readonly string[] }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [plan, setPlan] = useState<Plan>('all');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { isBusy, error, attempt } = useAttempt();
  const chosen = sources.filter((name) => !left.has(name));
  const collects = STEPS[plan].includes('collect');
  const nothing = collects && chosen.length === 0;
  const asked = { steps: STEPS[plan], ...(collects && left.size > 0 ? { sources: chosen } : {}) };
  const data = useEstimate(asked);
  const [confirmed, setConfirmed] = useState(false);
  const needsYes = (data?.cost?.above.length ?? 0) > 0;
  const isHeld = nothing || (needsYes && !confirmed);
  const body = needsYes && confirmed ? { ...asked, confirmed } : asked;
  const start = () =>
    attempt(async () => {
      const { run } = await send<StartedAnswer>({ method: 'POST', path: '/api/v1/runs', body, language });
      await queries.invalidateQueries();
      navigate(`/runs/${run}`);
    });
  return (
    <form
      className="start"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isHeld) void start();
      }}
    >
      <fieldset className="plans">
        <legend>{t('start.what')}</legend>
        {PLANS.map((name) => (
          <label key={name} className="plan">
            <input type="radio" name="plan" checked={plan === name} onChange={() => setPlan(name)} />
            <span>
              <strong>{t(`start.${name}`)}</strong>
              <span className="small faint">{t(`start.${name}.does`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {collects && sources.length > 1 && <SourceBoxes sources={sources} left={left} setLeft={setLeft} />}
      {nothing ? <p className="warning">{t('start.sources.none')}</p> : <EstimateWords asked={asked} data={data} />}
      {!nothing && data?.cost && <ModelCost cost={data.cost} confirmed={confirmed} setConfirmed={setConfirmed} />}
      <div className="actions">
        <button type="submit" className="button primary" disabled={isBusy || isHeld}>
          {t(isBusy ? 'start.going' : 'start.go')}
        </button>
      </div>
      {error !== null && <Problem error={error} isWrite />}
    </form>
  );
}

interface SourceBoxesProps {
  readonly sources: readonly string[];
  readonly left: ReadonlySet<string>;
  readonly setLeft: (left: ReadonlySet<string>) => void;
}

function SourceBoxes({ sources, left, setLeft }: SourceBoxesProps) {
  const { t } = useWords();
  return (
    <details className="more">
      <summary>
        {t('start.sources')} ({sources.length - left.size}/{sources.length})
      </summary>
      <fieldset className="boxes">
        <legend className="hidden">{t('start.sources')}</legend>
        <label className="check">
          <input
            type="checkbox"
            checked={left.size === 0}
            onChange={(event) => setLeft(new Set(event.target.checked ? [] : sources))}
          />
          {t('start.sources.all')}
        </label>
        {sources.map((name) => (
          <label key={name} className="check">
            <input
              type="checkbox"
              checked={!left.has(name)}
              onChange={(event) => {
                const others = [...left].filter((other) => other !== name);
                setLeft(new Set(event.target.checked ? others : [...others, name]));
              }}
            />
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
