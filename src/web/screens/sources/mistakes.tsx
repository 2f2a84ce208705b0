// Mistakes beside the fields they are in.

import type { Mistake } from '../../client.ts';
import { useWords } from '../../language.tsx';

/** What is wrong, in the reader's words; the program's own where the catalog has none. */
export function useMistakeWords(): (mistake: Mistake) => string {
  const { t, named } = useWords();
  return ({ code = '', detail, line }) => {
    const known = named('mistake', code, { detail });
    const words = known === code ? detail : known;
    // The line of a field is that of a file that is not written: only what is elsewhere is sought in it.
    return line === undefined || code !== 'settings' ? words : `${words} ${t('mistake.line', { line })}`;
  };
}

interface MistakesProps {
  readonly id: string;
  readonly mistakes: readonly Mistake[];
}

/** Tied to its field by `aria-describedby`. */
export function Mistakes({ id, mistakes }: MistakesProps) {
  const say = useMistakeWords();
  if (mistakes.length === 0) return null;
  return (
    <ul id={id} className="mistakes plain">
      {mistakes.map((mistake) => (
        <li key={`${mistake.pointer} ${mistake.code} ${mistake.detail}`}>{say(mistake)}</li>
      ))}
    </ul>
  );
}
