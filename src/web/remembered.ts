// A choice of the reader that outlives the visit; storage may be refused by the browser, the choice then lasts the page.

import { useCallback, useState } from 'react';

/** State kept under `datasens.<name>`; a stored value outside `allowed` counts as none. */
export function useRemembered<Value extends string>(
  name: string,
  allowed: readonly Value[],
  otherwise: Value,
): readonly [Value, (value: Value) => void] {
  const key = `datasens.${name}`;
  const [value, setValue] = useState<Value>(() => {
    const stored = read(key);
    return allowed.find((candidate) => candidate === stored) ?? otherwise;
  });
  const choose = useCallback(
    (next: Value) => {
      setValue(next);
      write(key, next);
    },
    [key],
  );
  return [value, choose];
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Refused by the browser: the choice lasts as long as the page.
  }
}
