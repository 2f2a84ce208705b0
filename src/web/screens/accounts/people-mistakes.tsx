// What is wrong with one field of an account, in words; nothing where nothing is.

import type { Mistake } from '../../client.ts';
import { useWords } from '../../language.tsx';

export function PeopleMistakes({ id, mistakes }: { readonly id: string; readonly mistakes: readonly Mistake[] }) {
  const { named } = useWords();
  return (
    <div id={id} role="alert">
      {mistakes.map((mistake) => (
        <p key={mistake.pointer + mistake.code} className="warning">
          {named('people', mistake.code ?? mistake.detail)}
        </p>
      ))}
    </div>
  );
}
