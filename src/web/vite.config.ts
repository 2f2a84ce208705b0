// Builds the workbench to dist/web: one small first route, the rest loaded screen by screen.

import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), onlyOurLanguages()],
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    target: 'es2024',
    // The content security policy allows no data: script or style; images may be inlined, nothing else is.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:4180' } },
});

/** react-aria brings its messages in 34 languages; the workbench speaks two. */
function onlyOurLanguages(): Plugin {
  return {
    name: 'only-our-languages',
    enforce: 'pre',
    load(id) {
      const locale = /\/react-aria[^?]*\/intl\/(?:[a-z]+\/)?([a-z]{2}-[A-Z]{2})\.mjs$/.exec(id)?.[1];
      if (locale === undefined || locale === 'fr-FR' || locale === 'en-US') return null;
      return 'export default {};';
    },
  };
}
