// One choice among a few: a list opened by a button (react-aria's Select).

import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { Chevron } from './chevron.tsx';

export interface Option {
  readonly id: string;
  readonly title: string;
}

interface ChoiceProps {
  readonly label: string;
  /** Empty string: no choice, shown as `all`. */
  readonly value: string;
  readonly all: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}

/** react-aria keeps empty keys for itself. */
const ALL = '*';

export function Choice({ label, value, all, options, onChoose }: ChoiceProps) {
  const choices = [{ id: ALL, title: all }, ...options];
  return (
    <Select
      className="field"
      value={value === '' ? ALL : value}
      onChange={(key) => onChoose(key === ALL || key === null ? '' : String(key))}
    >
      <Label className="label">{label}</Label>
      <Button className="input choice-button">
        <SelectValue />
        <Chevron />
      </Button>
      <Popover className="popover">
        <ListBox className="options" items={choices}>
          {(option) => (
            <ListBoxItem className="option" id={option.id} textValue={option.title}>
              {option.title}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
