// Words removed and added: struck out and underlined, between signs and said aloud, never by colour alone.

import { useWords } from '../language.tsx';

export type DifferencePart =
  | { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }
  | { readonly kind: 'skipped'; readonly length: number };

interface DifferenceProps {
  readonly parts: readonly DifferencePart[];
  /** Of the words, where it is known. */
  readonly speech?: string | undefined;
}

export function Difference({ parts, speech }: DifferenceProps) {
  return (
    <p className="difference" lang={speech} dir="auto">
      {placed(parts).map(({ at, part }) => (
        <Part key={at} part={part} />
      ))}
    </p>
  );
}

function Part({ part }: { readonly part: DifferencePart }) {
  const { t, language } = useWords();
  switch (part.kind) {
    case 'skipped':
      return (
        <span className="skipped" lang={language} title={t('difference.skipped', { n: part.length })}>
          {' … '}
        </span>
      );
    case 'same':
      return part.text;
    case 'removed':
      return (
        <del>
          <span className="hidden" lang={language}>{` ${t('difference.removed')} `}</span>[{part.text}]
        </del>
      );
    case 'added':
      return (
        <ins>
          <span className="hidden" lang={language}>{` ${t('difference.added')} `}</span>
          {`{${part.text}}`}
        </ins>
      );
  }
}

/** Each part with where it begins among the words of both texts. */
function placed(parts: readonly DifferencePart[]): readonly { readonly at: string; readonly part: DifferencePart }[] {
  let place = 0;
  return parts.map((part) => {
    const at = `${place} ${part.kind}`;
    place += part.kind === 'skipped' ? part.length : part.text.length;
    return { at, part };
  });
}
