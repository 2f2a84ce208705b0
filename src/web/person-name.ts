// The name behind a person's id, for those who may know it; the id itself for everybody else.

import { useAnswer } from './client.ts';
import { useMe } from './me.tsx';

/** A function from `person:<id>` to a name; other annotators keep theirs. */
export function usePersonName(): (annotator: string) => string {
  const { me, may } = useMe();
  const asks = me?.account != null && may('people');
  const { data } = useAnswer('/api/v1/people', {}, { enabled: asks, staleTime: 300_000 });
  const names = new Map(data?.people.map(({ person, name }) => [person, name]));
  return (annotator) => names.get(annotator) ?? annotator;
}
