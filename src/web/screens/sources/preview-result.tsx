// What came: how it was read, which column is what, who is named in it, and the records themselves, masked.

import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { PreviewColumns } from './preview-columns.tsx';
import type { Preview, PreviewProps } from './preview-props.ts';
import { PreviewReading } from './preview-reading.tsx';

export function PreviewResult(props: PreviewProps) {
  const { t } = useWords();
  const { preview, busy } = props;
  return (
    <div className="preview" aria-busy={busy}>
      {preview.location !== '' && <PreviewReading {...props} />}
      {!preview.settled && <p className="notice">{t('preview.unsettled')}</p>}
      {preview.records === 0 && preview.refusals.length === 0 && <p className="notice">{t('preview.nothing')}</p>}
      {preview.refusals.length > 0 && <Refusals preview={preview} />}
      {preview.records > 0 && (
        <>
          <PersonalScan preview={preview} />
          {preview.columns.length > 0 && <PreviewColumns {...props} />}
          <Documents preview={preview} />
          {preview.columns.length > 0 && <Rows preview={preview} />}
        </>
      )}
    </div>
  );
}

function PersonalScan({ preview }: { readonly preview: Preview }) {
  const { t, named } = useWords();
  const found = Object.entries(preview.personal);
  return (
    <section aria-labelledby="scan-title" className="part">
      <h3 id="scan-title">{t('preview.personal')}</h3>
      {found.length === 0 ? (
        <p>{t('preview.personal.none', { n: preview.records })}</p>
      ) : (
        <div className="notice">
          <p>
            {t('preview.personal.found', { n: preview.records })}{' '}
            <strong>{found.map(([kind, n]) => named('personal', kind, { n })).join(', ')}</strong>.
          </p>
          <p className="small">{t('preview.personal.body')}</p>
        </div>
      )}
    </section>
  );
}

/** What each record becomes, as a reader of the corpus will see it. */
function Documents({ preview }: { readonly preview: Preview }) {
  const { t, named, date } = useWords();
  const labels = useLabels();
  const findings = Object.entries(preview.findings);
  const languages = Object.entries(preview.languages).map(([code, n]) => `${labels.speech(code)} (${n})`);
  return (
    <section aria-labelledby="documents-title" className="part">
      <h3 id="documents-title">{t('preview.documents')}</h3>
      <p className="small faint">
        {t('preview.languages')} {languages.join(', ')}
        {findings.length > 0 && (
          <>
            {' · '}
            {t('preview.findings')} {findings.map(([code, n]) => `${named('finding', code)} (${n})`).join(', ')}
          </>
        )}
      </p>
      <ol className="previewed">
        {preview.documents.slice(0, 5).map((document, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: records have no other name yet
          <li key={at}>
            {document.title !== null && <strong className="broken">{document.title}</strong>}
            <p className="broken">{document.excerpt === '' ? t('finding.text-empty') : document.excerpt}</p>
            <p className="small faint">
              {[
                document.published === null ? t('preview.undated') : date(document.published),
                document.department === null ? t('label.noDepartment') : labels.department(document.department),
                labels.speech(document.language),
              ].join(' · ')}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface Row {
  readonly at: number;
  readonly cells: readonly string[];
}

function Rows({ preview }: { readonly preview: Preview }) {
  const { t } = useWords();
  const columns: readonly Column<Row>[] = [
    { key: 'at', title: t('preview.row'), value: ({ at }) => String(at) },
    ...preview.columns.map(
      (column, index): Column<Row> => ({
        key: `${index} ${column.name}`,
        title: column.name,
        value: ({ cells }) => cells[index] ?? '',
      }),
    ),
  ];
  const rows = preview.rows.map((cells, index) => ({ at: index + 1, cells }));
  return (
    <details className="more">
      <summary>{t('preview.rows', { n: rows.length })}</summary>
      <Table caption={t('preview.rows.caption')} columns={columns} rows={rows} rowKey={({ at }) => String(at)} />
    </details>
  );
}

function Refusals({ preview }: { readonly preview: Preview }) {
  const { t, named } = useWords();
  return (
    <div className="notice bad" role="alert">
      <p>
        <strong>{t('preview.refusals', { n: preview.refusals.length })}</strong>
      </p>
      <ul className="plain">
        {preview.refusals.slice(0, 5).map(({ location, at, code, message }) => (
          <li key={`${location} ${at} ${message}`}>
            {named('cause', code)}
            <br />
            {named('cure', code)}
            <br />
            <code className="small">{message}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
