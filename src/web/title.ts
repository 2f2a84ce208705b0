// The title of the page, which screen readers say first and tabs show.

import { useEffect } from 'react';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'DataSens' : `${title} · DataSens`;
  }, [title]);
}
