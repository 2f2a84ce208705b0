// One choice among a few, all of them seen.

interface SegmentsProps {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly { readonly id: string; readonly title: string }[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

export function Segments({ legend, name, options, chosen, onChoose }: SegmentsProps) {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <div className="segments wrap">
        {options.map(({ id, title }) => (
          <label key={id}>
            <input type="radio" name={name} checked={id === chosen} onChange={() => onChoose(id)} />
            {title}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
