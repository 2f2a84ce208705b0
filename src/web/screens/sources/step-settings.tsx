// What the collector needs, and the files of the project that it may read.

import type { CatalogueAnswer } from '../../../api/source-schemas.ts';
import { type Mistake, useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useAmounts } from './amounts.ts';
import type { Draft } from './draft.ts';
import type { Schema } from './field-kind.ts';
import { Mistakes } from './mistakes.tsx';
import { SchemaForm } from './schema-form.tsx';

type Collector = CatalogueAnswer['collectors'][number];

interface SettingsStepProps {
  readonly collector: Collector;
  readonly draft: Draft;
  readonly mistakes: readonly Mistake[];
  readonly change: (part: Partial<Draft>) => void;
}

export function SettingsStep({ collector, draft, mistakes, change }: SettingsStepProps) {
  const { t, language } = useWords();
  const { data } = useAnswer('/api/v1/inputs', {}, { enabled: collector.local, staleTime: 5000 });
  const files = data?.files ?? [];
  return (
    <>
      <p className="faint">{collector.description[language]}</p>
      <Mistakes id="settings-mistakes" mistakes={mistakes.filter(({ pointer }) => pointer === '/with')} />
      <div className={collector.local ? 'columns wide-left' : ''}>
        <SchemaForm
          collector={collector.name}
          schema={collector.schema as Schema}
          example={collector.example}
          local={collector.local}
          values={draft.config}
          mistakes={mistakes}
          files={files.map(({ path }) => path)}
          change={(config) => change({ config })}
        />
        {collector.local && data !== undefined && (
          <Files
            files={files}
            take={(path) => change({ config: { ...draft.config, ...fileConfig(collector, draft, path) } })}
          />
        )}
      </div>
      <details className="more">
        <summary>{t('wizard.example')}</summary>
        <pre className="code-block">
          <code>{JSON.stringify(collector.example, null, 2)}</code>
        </pre>
      </details>
    </>
  );
}

/** The word of this collector that names files: as its example does. */
function fileConfig(collector: Collector, draft: Draft, path: string) {
  const word =
    Object.keys(collector.example).find((name) => ['path', 'paths', 'files', 'feeds'].includes(name)) ?? 'path';
  const isList = Array.isArray(collector.example[word]);
  const before = draft.config[word];
  const kept = Array.isArray(before) ? before.filter((other) => other !== '' && other !== path) : [];
  return { [word]: isList ? [...kept, path] : path };
}

interface FilesProps {
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly modifiedAt: string }[];
  readonly take: (path: string) => void;
}

function Files({ files, take }: FilesProps) {
  const { t, dateTime } = useWords();
  const { bytes } = useAmounts();
  return (
    <section aria-labelledby="files-title" className="files">
      <h3 id="files-title">{t('wizard.files')}</h3>
      {files.length === 0 ? (
        <p className="small faint">{t('wizard.files.none')}</p>
      ) : (
        <ul className="plain">
          {files.map(({ path, sizeBytes, modifiedAt }) => (
            <li key={path}>
              <button type="button" className="link" onClick={() => take(path)}>
                {path}
              </button>{' '}
              <span className="small faint">
                {bytes(sizeBytes)}, {dateTime(modifiedAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
