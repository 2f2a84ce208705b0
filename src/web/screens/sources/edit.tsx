// Opens the wizard: empty for a new source, filled for one that is changed.

import { Link } from 'wouter';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { draftOf, NEW_DRAFT } from './draft.ts';
import { Wizard } from './wizard.tsx';

/** @param name of the source to change; null for a new one. */
export default function EditSource({ name }: { readonly name: string | null }) {
  const { t } = useWords();
  const catalogue = useAnswer('/api/v1/collectors', {}, { staleTime: Number.POSITIVE_INFINITY });
  // The etag must be the one of what is shown: never an answer kept from before.
  const list = useAnswer('/api/v1/sources', {}, { enabled: name === null, staleTime: 0 });
  const source = useAnswer(
    `/api/v1/sources/${encodeURIComponent(name ?? '')}`,
    {},
    { enabled: name !== null, staleTime: 0 },
  );
  const title = name === null ? t('wizard.new') : t('wizard.edit', { name });
  useTitle(title);
  const asked = name === null ? list : source;
  const error = catalogue.error ?? asked.error;
  const start = name === null ? NEW_DRAFT : source.data && draftOf(source.data);
  const etag = asked.data?.etag;
  const ready = catalogue.data !== undefined && start !== undefined && etag !== undefined && asked.isFetchedAfterMount;
  return (
    <div className="screen">
      <header className="intro">
        <p>
          <Link href={name === null ? '/sources' : `/sources/${name}`}>← {t('wizard.back')}</Link>
        </p>
        <h1>{title}</h1>
        {name === null && <p className="lead">{t('wizard.lead')}</p>}
      </header>
      {error && <Problem error={error} retry={() => void Promise.all([catalogue.refetch(), asked.refetch()])} />}
      {!ready && !error && <Skeleton rows={5} />}
      {ready && <Wizard catalogue={catalogue.data} start={start} etag={etag} isNew={name === null} />}
    </div>
  );
}
