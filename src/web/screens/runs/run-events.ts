// Follows a run's events; the browser reconnects by itself and says where it stopped (Last-Event-ID).

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunEventAnswer } from '../../../api/runs.ts';

const KINDS = ['started', 'progress', 'ended'] as const;

interface Following {
  /** The last event, or null before the first. */
  readonly event: RunEventAnswer | null;
  readonly connection: 'open' | 'lost';
}

export function useRunEvents(run: string): Following {
  const queries = useQueryClient();
  const [event, setEvent] = useState<RunEventAnswer | null>(null);
  const [connection, setConnection] = useState<Following['connection']>('open');
  useEffect(() => {
    const stream = new EventSource(`/api/v1/runs/${encodeURIComponent(run)}/events`);
    const receive = (message: MessageEvent<string>) => {
      const received = JSON.parse(message.data) as RunEventAnswer;
      setEvent(received);
      if (received.kind !== 'ended') return;
      // The server ends the stream; without this the browser would ask again for ever.
      stream.close();
      void queries.invalidateQueries();
    };
    for (const kind of KINDS) stream.addEventListener(kind, receive);
    stream.addEventListener('open', () => setConnection('open'));
    stream.addEventListener('error', () => setConnection('lost'));
    return () => stream.close();
  }, [run, queries]);
  return { event, connection };
}
