// Cost of a whole page of 100 kB: its tree, its main content, its metadata; and of pages made to be slow.

import { readPage } from '../src/refine/page.ts';
import { readTree } from '../src/refine/page-tree.ts';
import { report } from './report.ts';

const PAGE_BYTES = 100_000;
const ROUNDS = 100;
const WARM_UP = 30;
const DEPTH = 100_000;

const SENTENCE =
  'Les élus ont débattu du tracé de la piste, qui relie le collège au marché ; plusieurs riverains demandent une étude. ';

/** A page as sites send them: half of it mark-up, menus and scripts, the rest an article with comments. Made up. */
function page(bytes: number): string {
  const menu = Array.from(
    { length: 120 },
    (_, at) => `<li class="menu-item menu-item-${at}"><a href="/rubrique/${at}">Rubrique numéro ${at}</a></li>`,
  ).join('');
  const script = `<script>${'window.dataLayer.push({ event: "vue" });'.repeat(400)}</script>`;
  const head = `<!doctype html><html><head><title>La piste - Val-Clair</title><meta property="og:title" content="La piste"><script type="application/ld+json">{"@type":"NewsArticle","headline":"La piste","datePublished":"2026-05-12"}</script>${script}</head><body><nav><ul>${menu}</ul></nav><main class="site-main"><article class="post">`;
  const comment = `<li class="comment"><div class="comment-author">Anonyme</div><p>${SENTENCE}</p></li>`;
  const tail = `</article><section id="comments"><ol>${comment.repeat(40)}</ol></section></main><footer><ul>${menu}</ul></footer></body></html>`;
  let body = '';
  for (let at = 0; head.length + body.length + tail.length < bytes; at += 1) {
    body += `<p class="texte texte-${at % 7}">${SENTENCE.repeat(3)}<a href="/n/${at}">Suite</a> <em>à venir</em>.</p>\n`;
  }
  return head + body + tail;
}

const HOSTILE: Readonly<Record<string, string>> = {
  nested: `<body>${'<div>'.repeat(DEPTH)}fin${'</div>'.repeat(DEPTH)}`,
  unclosed: `<body>${'<div class="share"><p>mot <a href=x>lien'.repeat(DEPTH / 2)}`,
  strangers: `<body>${'<div>'.repeat(DEPTH)}fin${'</span></p></td>'.repeat(DEPTH)}`,
};

/** Milliseconds a call, the median of its rounds. */
function median(rounds: number, work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((left, right) => left - right);
  return times[Math.floor(rounds / 2)]!;
}

const html = page(PAGE_BYTES);
median(WARM_UP, () => readPage(html));
report({ name: 'extract.page.100kB', value: median(ROUNDS, () => readPage(html)), unit: 'ms', n: ROUNDS });
report({ name: 'extract.tree.100kB', value: median(ROUNDS, () => readTree(html)), unit: 'ms', n: ROUNDS });
for (const [name, hostile] of Object.entries(HOSTILE)) {
  const value = median(3, () => readPage(hostile));
  report({ name: `extract.hostile.${name}`, value, unit: 'ms', n: hostile.length });
}
