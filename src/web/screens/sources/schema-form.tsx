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
  readonly example: Readonly<Record<string, unknown>>;
  /** True where it reads files of the project. */
  readonly local: boolean;
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
  const usual = usualOf(props);
  const needed = entries.filter(([name]) => usual.includes(name));
  const optional = entries.filter(([name]) => !usual.includes(name));
  const written = optional.filter(([name]) => name in values);
  const wrong = optional.some(([name]) => mistakes.some(({ pointer }) => isBelow(pointer, `/with/${name}`)));
  return (
    <div className="form">
      <Fields {...props} entries={needed} />
      {optional.length > 0 && (
        <details className="more" open={wrong || written.some(([name]) => name !== 'map')}>
          <summary>{t('wizard.optional', { n: optional.length })}</summary>
          <p className="small faint">{t('wizard.optional.body')}</p>
          <div className="form">
            <Fields {...props} entries={optional} />
          </div>
        </details>
      )}
    </div>
  );
}

/** What is needed, and what the example says where reading a file is not enough. */
function usualOf({ schema, example, local }: SchemaFormProps): readonly string[] {
  const { required = [] } = schema;
  return local && required.length > 0 ? required : [...required, ...Object.keys(example)];
}

interface FieldsProps extends SchemaFormProps {
  readonly entries: readonly (readonly [string, Schema])[];
}

function Fields({ entries, collector, schema: { required }, values, mistakes, files, change }: FieldsProps): ReactNode {
  return entries.map(([name, property]) => (
    <SchemaField
      key={name}
      path={`${collector}.${name}`}
      name={name}
      pointer={`/with/${name}`}
      schema={property}
      value={values[name]}
      required={required?.includes(name) ?? false}
      mistakes={mistakes}
      files={files}
      change={(value: Value | undefined) => change(withValue(values, name, value))}
    />
  ));
}
