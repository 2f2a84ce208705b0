// One field of a collector's form, by the kind of its schema.

import { type ReactNode, useId, useState } from 'react';
import type { Mistake } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { isBelow, type Value, type Values, withValue } from './draft.ts';
import {
  type ControlAttributes,
  type Field,
  fieldOf,
  freeValue,
  type Schema,
  variantName,
  variantOf,
  variantStart,
} from './field-kind.ts';
import { fieldWords } from './field-words.ts';
import { PairsField, TextsField } from './list-field.tsx';
import { Mistakes } from './mistakes.tsx';

export interface SchemaFieldProps {
  /** `collector.field.field`: what its words are looked up by. */
  readonly path: string;
  readonly name: string;
  /** JSON pointer into the draft. */
  readonly pointer: string;
  readonly schema: Schema;
  readonly value: Value | undefined;
  readonly required: boolean;
  readonly mistakes: readonly Mistake[];
  readonly files: readonly string[];
  readonly change: (value: Value | undefined) => void;
}

export function SchemaField(props: SchemaFieldProps) {
  const field = fieldOf(props.schema);
  if (field.kind === 'group') return <Group {...props} schema={field.schema} />;
  if (field.kind === 'variants') return <Variants {...props} variants={field.variants} />;
  return <Leaf {...props} field={field} />;
}

function useFieldWords({ path, schema }: SchemaFieldProps) {
  const { language } = useWords();
  return fieldWords(path, schema.description ?? null, language);
}

function Leaf(props: SchemaFieldProps & { readonly field: Field }) {
  const { pointer, name, required, mistakes } = props;
  const { t } = useWords();
  const { label, help } = useFieldWords(props);
  const id = useId();
  const wrong = mistakes.filter((mistake) => isBelow(mistake.pointer, pointer));
  const described = [help === null ? '' : `${id}-help`, wrong.length > 0 ? `${id}-wrong` : ''].join(' ').trim();
  const control = {
    id,
    'aria-required': required,
    'aria-invalid': wrong.length > 0,
    ...(described === '' ? {} : { 'aria-describedby': described }),
  };
  const listed = props.field.kind === 'texts' || props.field.kind === 'pairs';
  const heading = (
    <>
      {label} {label !== name && <code className="faint">{name}</code>}
      {required && <span className="needed"> {t('wizard.required')}</span>}
    </>
  );
  return (
    <div className="field wide">
      {listed ? (
        <span className="label" id={`${id}-name`}>
          {heading}
        </span>
      ) : (
        <label htmlFor={id}>{heading}</label>
      )}
      <Control {...props} control={control} />
      {help !== null && (
        <p id={`${id}-help`} className="small faint">
          {help}
        </p>
      )}
      <Mistakes id={`${id}-wrong`} mistakes={wrong} />
    </div>
  );
}

type ControlProps = SchemaFieldProps & { readonly field: Field; readonly control: ControlAttributes };

function Control(props: ControlProps): ReactNode {
  const { t } = useWords();
  const { field, control, value, schema, files, change } = props;
  const placeholder = schema.default === undefined ? '' : String(schema.default);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (field.kind) {
    case 'text':
      return (
        <input
          {...control}
          type="text"
          value={text}
          maxLength={field.maxLength ?? undefined}
          placeholder={placeholder}
          spellCheck={false}
          onChange={(event) => change(event.target.value === '' ? undefined : event.target.value)}
        />
      );
    case 'number':
      return (
        <input
          {...control}
          type="number"
          value={text}
          step={field.whole ? 1 : 'any'}
          placeholder={placeholder}
          onChange={(event) => change(event.target.value === '' ? undefined : Number(event.target.value))}
        />
      );
    case 'choice':
      return (
        <select
          {...control}
          className="input"
          value={text}
          onChange={(event) => change(event.target.value || undefined)}
        >
          <option value="">{t('wizard.unset')}</option>
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      );
    case 'truth':
      return (
        <select
          {...control}
          className="input"
          value={value === undefined ? '' : String(value)}
          onChange={(event) => change(event.target.value === '' ? undefined : event.target.value === 'true')}
        >
          <option value="">{t('wizard.unset')}</option>
          <option value="true">{t('wizard.yes')}</option>
          <option value="false">{t('wizard.no')}</option>
        </select>
      );
    case 'free':
      return (
        <input
          {...control}
          type="text"
          value={value === undefined || value === null ? '' : String(value)}
          placeholder={placeholder}
          spellCheck={false}
          onChange={(event) => change(freeValue(event.target.value))}
        />
      );
    case 'texts':
      return <TextsField control={control} value={value} alone={field.alone} files={files} change={change} />;
    case 'pairs':
      return <PairsField control={control} value={value as Values | undefined} change={change} />;
    default:
      return <JsonField control={control} value={value} change={change} />;
  }
}

function Group(props: SchemaFieldProps) {
  const { label, help } = useFieldWords(props);
  const { path, pointer, schema, value, mistakes, files, change } = props;
  const values = (value ?? {}) as Values;
  const inner = Object.entries(schema.properties ?? {}).filter(([, property]) => property.const === undefined);
  if (inner.length === 0) return null;
  return (
    <fieldset className="group">
      <legend>{label}</legend>
      {help !== null && <p className="small faint">{help}</p>}
      {inner.map(([name, property]) => (
        <SchemaField
          key={name}
          path={`${path}.${name}`}
          name={name}
          pointer={`${pointer}/${name}`}
          schema={property}
          value={values[name]}
          required={false}
          mistakes={mistakes}
          files={files}
          change={(next) => {
            const changed = withValue(values, name, next);
            change(Object.keys(changed).length === 0 ? undefined : changed);
          }}
        />
      ))}
    </fieldset>
  );
}

function Variants(props: SchemaFieldProps & { readonly variants: readonly Schema[] }) {
  const { t } = useWords();
  const { label } = useFieldWords(props);
  const { variants, value, change } = props;
  const id = useId();
  const at = value === undefined ? -1 : variantOf(variants, value as Values);
  return (
    <div className="field wide">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={String(at)}
        onChange={(event) => {
          const chosen = variants[Number(event.target.value)];
          change(chosen === undefined ? undefined : variantStart(chosen));
        }}
      >
        <option value="-1">{t('wizard.unset')}</option>
        {variants.map((variant, index) => (
          <option key={variantName(variant)} value={index}>
            {variantName(variant)}
          </option>
        ))}
      </select>
      {at >= 0 && <Group {...props} schema={variants[at]!} />}
    </div>
  );
}

interface JsonFieldProps {
  readonly control: ControlAttributes;
  readonly value: Value | undefined;
  readonly change: (value: Value | undefined) => void;
}

/** What no other field suits; kept as it is typed until it is JSON. */
function JsonField({ control, value, change }: JsonFieldProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [broken, setBroken] = useState(false);
  const take = (text: string) => {
    setTyped(text);
    try {
      change(text.trim() === '' ? undefined : (JSON.parse(text) as Value));
      setBroken(false);
    } catch {
      setBroken(true);
    }
  };
  return (
    <>
      <textarea
        {...control}
        className="input code"
        rows={4}
        value={typed}
        spellCheck={false}
        aria-invalid={broken || control['aria-invalid']}
        onChange={(event) => take(event.target.value)}
      />
      {broken && (
        <p className="mistakes" role="status">
          {t('wizard.json')}
        </p>
      )}
    </>
  );
}
