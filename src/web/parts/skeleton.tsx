// What stands in for a screen until its data comes.

import { useWords } from '../language.tsx';

export function Skeleton({ rows }: { readonly rows: number }) {
  const { t } = useWords();
  return (
    <div className="skeleton" role="status">
      <span className="hidden">{t('app.loading')}</span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <span key={row} className="bone" />
      ))}
    </div>
  );
}
