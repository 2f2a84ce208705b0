// Mounts the workbench.

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { AppearanceProvider } from './appearance.tsx';
import { LanguageProvider } from './language.tsx';
import './styles/style.css';

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: 1, refetchOnWindowFocus: false } },
});

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <AppearanceProvider>
        <LanguageProvider>
          <App />
        </LanguageProvider>
      </AppearanceProvider>
    </QueryClientProvider>
  </StrictMode>,
);
