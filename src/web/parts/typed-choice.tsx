// One choice among many, found by typing (react-aria's ComboBox).

import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Chevron } from './chevron.tsx';
import type { Option } from './choice.tsx';

interface TypedChoiceProps {
  readonly label: string;
  /** Empty string: no choice. */
  readonly value: string;
  readonly all: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}

export function TypedChoice({ label, value, all, options, onChoose }: TypedChoiceProps) {
  return (
    <ComboBox
      // A new key empties the field when the filter is removed elsewhere.
      key={value}
      className="field"
      defaultItems={options}
      defaultValue={value === '' ? null : value}
      menuTrigger="focus"
      onChange={(key) => onChoose(key === null ? '' : String(key))}
    >
      <Label className="label">{label}</Label>
      <div className="combo">
        <Input placeholder={all} />
        <Button className="combo-button">
          <Chevron />
        </Button>
      </div>
      <Popover className="popover">
        <ListBox className="options">
          {(option: Option) => (
            <ListBoxItem className="option" id={option.id} textValue={option.title}>
              {option.title}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
