// Who sits here, and what they may: asked once, before any screen; nobody signed in is an answer too.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef } from 'react';
import type { MeAnswer } from '../api/session.ts';
import { ProblemError, read } from './client.ts';
import { useWords } from './language.tsx';

const PATH = '/api/v1/me';
/** Tells the other pages of this browser that somebody came in, or went. */
const CHANNEL = 'datasens.session';

export type Right = MeAnswer['rights'][number];

export interface Me {
  /** Null where nobody is signed in. */
  readonly me: MeAnswer | null;
  readonly may: (right: Right) => boolean;
  /** What the server answered of who is there now; null once they left. */
  readonly become: (me: MeAnswer | null) => void;
}

const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = use(MeContext);
  if (me === null) throw new Error('useMe is used outside MeProvider');
  return me;
}

interface MeProviderProps {
  readonly waiting: ReactNode;
  readonly failed: (error: unknown, retry: () => void) => ReactNode;
  readonly children: ReactNode;
}

export function MeProvider({ waiting, failed, children }: MeProviderProps) {
  const { language } = useWords();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery<MeAnswer | null>({
    queryKey: [PATH],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      read<MeAnswer>(PATH, { signal, language }).catch((failure: unknown) => {
        if (failure instanceof ProblemError && failure.code === 'unauthenticated') return null;
        throw failure;
      }),
  });
  const person = data?.person ?? null;
  const channel = useRef<BroadcastChannel>(null);
  const become = useCallback(
    (me: MeAnswer | null) => {
      if (me?.person !== person) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== PATH });
      queries.setQueryData([PATH], me);
      channel.current?.postMessage(me?.person ?? null);
    },
    [queries, person],
  );
  useEffect(() => {
    // One for both ways: a channel does not hear what it says itself.
    const opened = new BroadcastChannel(CHANNEL);
    channel.current = opened;
    // Somebody else came in at another page: what this one shows, and would send, is no longer theirs.
    opened.onmessage = ({ data: other }: MessageEvent<string | null>) => {
      if (other === null) return;
      if (other === queries.getQueryData<MeAnswer | null>([PATH])?.person) dispatchEvent(new Event(CHANNEL));
      else location.reload();
    };
    return () => opened.close();
  }, [queries]);
  const value = useMemo<Me>(
    () => ({ me: data ?? null, may: (right) => data?.rights.includes(right) ?? false, become }),
    [data, become],
  );
  if (error) return failed(error, () => void refetch());
  if (data === undefined) return waiting;
  return <MeContext value={value}>{children}</MeContext>;
}

/** Calls `back` when the same person came in again at another page. */
export function useSignedInElsewhere(back: () => void): void {
  useEffect(() => {
    addEventListener(CHANNEL, back);
    return () => removeEventListener(CHANNEL, back);
  }, [back]);
}
