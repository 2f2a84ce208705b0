// Light, dark, or as the device says; CSS does the rest through `color-scheme` and light-dark().

import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import { useRemembered } from './remembered.ts';

export const APPEARANCES = ['auto', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

interface AppearanceChoice {
  readonly appearance: Appearance;
  readonly setAppearance: (appearance: Appearance) => void;
}

const AppearanceContext = createContext<AppearanceChoice | null>(null);

export function AppearanceProvider({ children }: { readonly children: ReactNode }) {
  const [appearance, setAppearance] = useRemembered('appearance', APPEARANCES, 'auto');
  useEffect(() => {
    document.documentElement.dataset.appearance = appearance;
  }, [appearance]);
  const choice = useMemo(() => ({ appearance, setAppearance }), [appearance, setAppearance]);
  return <AppearanceContext value={choice}>{children}</AppearanceContext>;
}

export function useAppearance(): AppearanceChoice {
  const choice = use(AppearanceContext);
  if (choice === null) throw new Error('useAppearance is used outside AppearanceProvider');
  return choice;
}
