// Keys of the whole screen, left alone where somebody writes, in a dialog, and where a browser's own shortcut is meant.

import { useLayoutEffect, useRef } from 'react';
import { keyOf } from './keys.ts';

/** Calls `act` with each key (`undo` for Ctrl+Z); what it takes (true) goes no further. */
export function useReviewKeys(act: (key: string, event: KeyboardEvent) => boolean): void {
  const latest = useRef(act);
  latest.current = act;
  // At once with what is shown: a key pressed as soon as a text is seen is heard.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || target?.closest('input, textarea, select, [role=dialog], [role=listbox]')) return;
      const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
      if (!isUndo && (event.ctrlKey || event.metaKey || event.altKey)) return;
      // Enter and space press what has the focus.
      if ((event.key === 'Enter' || event.key === ' ') && target?.closest('button, a, summary')) return;
      const key = isUndo ? 'undo' : event.key === '?' ? '?' : keyOf(event);
      if (latest.current(key, event)) event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
