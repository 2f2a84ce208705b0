// Says where a document is: a place found by typing, not there, or no place at all.

import { type FormEvent, useId, useState } from 'react';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import type { PlacesAnswer, TerritoryStateAnswer } from '../../../api/territory.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';

type Place = PlacesAnswer['places'][number];

export type GivenTerritory =
  | { readonly decision: 'place'; readonly place: Pick<Place, 'kind' | 'code'>; readonly always: boolean }
  | { readonly decision: 'elsewhere' | 'nowhere'; readonly always: boolean }
  | { readonly decision: 'withdrawn' };

interface FormProps {
  readonly form: TerritoryStateAnswer['form'];
  readonly say: (given: GivenTerritory) => Promise<void>;
  readonly cancel: () => void;
}

export function CorrectionForm({ form, say, cancel }: FormProps) {
  const { t } = useWords();
  const id = useId();
  const [place, setPlace] = useState<Place | null>(null);
  const [always, setAlways] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (place !== null) void say({ decision: 'place', place: { kind: place.kind, code: place.code }, always });
  };
  return (
    <form className="correction-form" aria-labelledby={`${id}-title`} onSubmit={submit}>
      <h3 id={`${id}-title`}>{t('correct.title')}</h3>
      <PlaceField onChoose={setPlace} />
      {form !== null && (
        <label className="check">
          <input type="checkbox" checked={always} onChange={(event) => setAlways(event.target.checked)} />{' '}
          {t(`correct.always.${form.kind}`, { words: form.words })}
        </label>
      )}
      <p className="actions">
        <button type="submit" className="button primary" disabled={place === null}>
          {t('correct.here')}
        </button>
        <button type="button" className="button" onClick={() => void say({ decision: 'elsewhere', always })}>
          {t('correct.elsewhere')}
        </button>
        <button type="button" className="button" onClick={() => void say({ decision: 'nowhere', always })}>
          {t('correct.nowhere')}
        </button>
        <button type="button" className="button quiet" onClick={cancel}>
          {t('correct.cancel')}
        </button>
      </p>
    </form>
  );
}

function PlaceField({ onChoose }: { readonly onChoose: (place: Place | null) => void }) {
  const words = useWords();
  const { t } = words;
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Place | null>(null);
  const title = ({ name, kind, code, within }: Place) =>
    `${name} (${words.named('placekind', kind)} ${code}${within === null ? '' : `, ${within}`})`;
  const isChosen = chosen !== null && typed === title(chosen);
  const isAsked = typed.trim().length > 1 && !isChosen;
  const { data, isFetching } = useAnswer(
    '/api/v1/places',
    { q: typed.slice(0, 100) },
    { keepPrevious: true, enabled: isAsked },
  );
  // What is chosen stays in the list: the field forgets a choice that its list no longer holds.
  const places = (isChosen ? [chosen] : (data?.places ?? [])).map((place) => ({ ...place, id: idOf(place) }));
  const empty = isFetching ? 'correct.searching' : isAsked ? 'correct.nothing' : 'correct.short';
  const choose = (place: Place | null) => {
    setChosen(place);
    onChoose(place);
  };
  return (
    <ComboBox
      className="field"
      items={places}
      inputValue={typed}
      value={isChosen ? idOf(chosen) : null}
      // Open while the answer is on its way: a list that is closed for being empty does not open when it is filled.
      allowsEmptyCollection
      menuTrigger="input"
      onInputChange={(text) => {
        setTyped(text);
        if (isChosen && text !== typed) choose(null);
      }}
      onChange={(key) => {
        const place = places.find(({ id }) => id === key);
        if (place === undefined) return;
        setTyped(title(place));
        choose(place);
      }}
    >
      <Label className="label">{t('correct.place')}</Label>
      <div className="combo">
        <Input placeholder={t('correct.hint')} />
      </div>
      <Popover className="popover">
        <ListBox className="options" renderEmptyState={() => <p className="option faint">{t(empty)}</p>}>
          {(place: Place & { readonly id: string }) => (
            <ListBoxItem className="option" id={place.id} textValue={title(place)}>
              {title(place)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function idOf({ kind, code }: Place): string {
  return `${kind}:${code}`;
}
