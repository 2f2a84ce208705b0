// A failure as the reader sees it: what happened, what to do, and the reference to give when asking for help.

import { ProblemError } from '../client.ts';
import { useWords } from '../language.tsx';

interface ProblemProps {
  readonly error: unknown;
  readonly retry?: () => void;
  /** True where something was to be changed rather than read. */
  readonly isWrite?: boolean;
}

export function Problem({ error, retry, isWrite = false }: ProblemProps) {
  const { t } = useWords();
  const problem = error instanceof ProblemError ? error : new ProblemError('', 'internal', null);
  return (
    <div className="notice bad" role="alert">
      <p>
        <strong>{t(isWrite ? 'problem.write' : 'problem.title')}</strong>
      </p>
      <p>{problem.code === 'offline' ? t('problem.offline') : problem.message}</p>
      {problem.detail !== null && (
        <p className="small">
          <code>{problem.detail}</code>
        </p>
      )}
      {problem.requestId !== null && <p className="small">{t('problem.reference', { id: problem.requestId })}</p>}
      {retry !== undefined && (
        <button type="button" className="button" onClick={retry}>
          {t('problem.retry')}
        </button>
      )}
    </div>
  );
}
