// The state of a screen lives in its address, so that a link shows the same thing to whoever opens it.

import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

export type Parameters = Readonly<Record<string, string>>;

/** The address's parameters among `names`, and a function that changes some of them (empty string: removed). */
export function useParameters(names: readonly string[]): readonly [Parameters, (changes: Parameters) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const parameters = useMemo(() => parametersOf(search, names), [search, names]);
  const change = useCallback(
    (changes: Parameters) => navigate(addressOf(path, { ...parameters, ...changes }), { replace: false }),
    [navigate, path, parameters],
  );
  return [parameters, change];
}

/** `path?name=value…`, empty values left out. */
export function addressOf(path: string, parameters: Parameters): string {
  const kept = Object.entries(parameters).filter(([, value]) => value !== '');
  const search = new URLSearchParams(kept).toString();
  return search === '' ? path : `${path}?${search}`;
}

function parametersOf(search: string, names: readonly string[]): Parameters {
  const given = new URLSearchParams(search);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
}
