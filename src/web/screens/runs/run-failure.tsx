// A failure of a run or of a source: what it is, what to do, where; then what the program said and did before.

import type { FailureAnswer, RunDetailAnswer } from '../../../api/run-schemas.ts';
import { useWords } from '../../language.tsx';

/** The list that every failure has, whoever it stopped. */
interface FailureProps {
  readonly failure: FailureAnswer;
  readonly title: string;
  /** Two where nothing is above it. */
  readonly level?: 2 | 3;
  /** What else to know of it. */
  readonly note?: string;
}

export function Failure({ failure, title, level = 3, note }: FailureProps) {
  const { t, named } = useWords();
  const Heading = `h${level}` as const;
  const { code, message, remedy, place, requestId } = failure;
  return (
    <div className={code === 'cancelled' ? 'notice' : 'notice bad'}>
      <Heading className="failure-title">{title}</Heading>
      <p>
        <strong>{named('fault', code)}.</strong> <code className="small">{code}</code>
      </p>
      <p>{t('run.failure.do', { remedy: named('remedy', code) })}</p>
      {note !== undefined && <p>{note}</p>}
      <dl className="said small">
        {place !== null && (
          <div>
            <dt>{t('run.failure.place')}</dt>
            <dd className="broken">{place}</dd>
          </div>
        )}
        <div>
          <dt>{t('run.failure.said')}</dt>
          <dd className="broken" lang="en">
            {[message, remedy].filter(Boolean).join(' → ')}
          </dd>
        </div>
        {requestId !== null && (
          <div>
            <dt>{t('run.failure.request')}</dt>
            <dd>
              <code>{requestId}</code>
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** The last events of a run, as lines: stages and counts, never what a source says. */
export function RunLog({ log }: { readonly log: RunDetailAnswer['log'] }) {
  const { t } = useWords();
  if (log.length === 0) return null;
  return (
    <details className="more">
      <summary>{t('run.failure.log')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className="code-block" tabIndex={0}>
        {log.map(lineOf).join('\n')}
      </pre>
    </details>
  );
}

function lineOf({ at, stage, kind, counts }: RunDetailAnswer['log'][number]): string {
  const told = Object.entries(counts)
    .filter(([, value]) => typeof value === 'string' || (typeof value === 'number' && value > 0))
    .map(([name, value]) => `${name}=${String(value)}`);
  return [at.slice(11, 19), stage, kind, ...told].join(' ');
}
