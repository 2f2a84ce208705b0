// The catalogue: every collector, by its own words.

import type { CatalogueAnswer } from '../../../api/source-schemas.ts';
import { useWords } from '../../language.tsx';

interface CollectorStepProps {
  readonly catalogue: CatalogueAnswer;
  readonly chosen: string;
  readonly choose: (name: string) => void;
}

export function CollectorStep({ catalogue, chosen, choose }: CollectorStepProps) {
  const { t, language } = useWords();
  return (
    <>
      <p className="faint">{t('wizard.collector.body')}</p>
      <ul className="catalogue plain">
        {catalogue.collectors.map(({ name, title, description }) => (
          <li key={name}>
            <button
              type="button"
              className="collector"
              aria-pressed={name === chosen}
              aria-describedby={`collector-${name}`}
              onClick={() => choose(name)}
            >
              <strong>{title[language]}</strong> <code className="faint">{name}</code>
            </button>
            <p id={`collector-${name}`} className="small faint">
              {description[language]}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
