// The form of a collector, made of its own schema: what it needs first, what it finds by itself folded below.

import type { ReactNode } from 'react';
import type { Mistake } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { isBelow, type Value, type Values, withValue } from './draft.ts';
import type { Schema } from './field-kind.ts';
import { SchemaField } from './schema-field.tsx';

interface SchemaFormProps {
  readonly collector: string;
  readonly schema: Schema;
  readonly values: Values;
  readonly mistakes: readonly Mistake[];
  /** Files of the project, offered where a path is asked for. */
  readonly files: readonly string[];
  readonly change: (values: Values) => void;
}

export function SchemaForm(props: SchemaFormProps) {
  const { t } = useWords();
  const { schema, values, mistakes } = props;
  const entries = Object.entries(schema.properties ?? {});
  const isNeeded = ([name]: readonly [string, Schema]) => schema.required?.includes(name) ?? false;
  const needed = entries.filter(isNeeded);
  const optional = entries.filter((entry) => !isNeeded(entry));
  const written = optional.filter(([name]) => name in values);
  const wrong = optional.some(([name]) => mistakes.some(({ pointer }) => isBelow(pointer, `/with/${name}`)));
  return (
    <div className="form">
      <Fields {...props} entries={needed} pointer="/with" required />
      {optional.length > 0 && (
        <details className="more" open={wrong || (needed.length === 0 && written.length > 0)}>
          <summary>{t('wizard.optional', { n: optional.length })}</summary>
          <p className="small faint">{t('wizard.optional.body')}</p>
          <div className="form">
            <Fields {...props} entries={optional} pointer="/with" required={false} />
          </div>
        </details>
      )}
    </div>
  );
}

interface FieldsProps extends SchemaFormProps {
  readonly entries: readonly (readonly [string, Schema])[];
  readonly pointer: string;
  readonly required: boolean;
}

function Fields({ entries, pointer, required, collector, values, mistakes, files, change }: FieldsProps): ReactNode {
  return entries.map(([name, schema]) => (
    <SchemaField
      key={name}
      path={`${collector}.${name}`}
      name={name}
      pointer={`${pointer}/${name}`}
      schema={schema}
      value={values[name]}
      required={required}
      mistakes={mistakes}
      files={files}
      change={(value: Value | undefined) => change(withValue(values, name, value))}
    />
  ));
}
