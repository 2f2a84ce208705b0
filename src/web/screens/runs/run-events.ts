// Follows a run's events; after a lost connection, from where it stopped: nothing is missed, nothing comes twice.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunEventAnswer } from '../../../api/runs.ts';

const KINDS = ['started', 'progress', 'ended'] as const;
/** The browser reconnects by itself (Last-Event-ID), but gives up for good on an answer that is no stream. */
const RETRY_MS = 3000;

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
    let stream: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = 0;
    const connect = () => {
      const opened = new EventSource(`/api/v1/runs/${encodeURIComponent(run)}/events?after=${last}`);
      stream = opened;
      const receive = (message: MessageEvent<string>) => {
        const received = JSON.parse(message.data) as RunEventAnswer;
        if (received.seq <= last) return;
        last = received.seq;
        setEvent(received);
        if (received.kind !== 'ended') return;
        // The server ends the stream; without this the browser would ask again for ever.
        opened.close();
        void queries.invalidateQueries();
      };
      for (const kind of KINDS) opened.addEventListener(kind, receive);
      opened.addEventListener('open', () => setConnection('open'));
      opened.addEventListener('error', () => {
        setConnection('lost');
        if (opened.readyState === EventSource.CLOSED) timer = setTimeout(connect, RETRY_MS);
      });
    };
    connect();
    return () => {
      stream?.close();
      if (timer !== null) clearTimeout(timer);
    };
  }, [run, queries]);
  return { event, connection };
}
