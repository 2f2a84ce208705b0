import { describe, expect, test } from 'vitest';
import { htmlToText } from './html.ts';
import { looksLikeHtml } from './html-tags.ts';
import { markdownToText } from './markdown.ts';

describe('HTML to text', () => {
  test('paragraphs, headings, line ends and inline tags', () => {
    expect(
      htmlToText(
        '<h2>Avis</h2><p>Un <b>gr</b>and\n  pas.<br>Et après</p><p>Fin&nbsp;: &laquo;&nbsp;oui&nbsp;&raquo;</p>',
      ),
    ).toBe('Avis\n\nUn grand pas.\nEt après\n\nFin\u00A0: «\u00A0oui\u00A0»');
  });

  test('lists, nested or not', () => {
    expect(
      htmlToText(
        '<p>Il faut :</p><ul><li>des bus</li><li><p>des trains</p><ul><li>la nuit</li></ul></li></ul><p>Fin</p>',
      ),
    ).toBe('Il faut :\n\n- des bus\n- des trains\n- la nuit\n\nFin');
  });

  test('tables keep rows and cells, even unclosed', () => {
    expect(htmlToText('<table><tr><th>Ville<th>Voix<tr><td><p>Lyon</p><td>12</table>Fin')).toBe(
      'Ville | Voix\nLyon | 12\n\nFin',
    );
  });

  test('what a reader does not see is left out', () => {
    const html =
      '<style>p{}</style><script>if (a < b) x()</script><p>vu</p><div hidden>non<div>non</div></div><p style="display: none">non<p>vu aussi<noscript>non</noscript><template>non</template>';
    expect(htmlToText(html)).toBe('vu\n\nvu aussi');
  });

  test('a message that is a whole document keeps every word', () => {
    const message = '<html><body><nav>Menu</nav><main><p>Le texte.</p></main><footer>Pied</footer></body></html>';
    expect(htmlToText(message)).toBe('Menu\n\nLe texte.\n\nPied');
  });

  test('line ends of a text that only holds references are kept', () => {
    expect(htmlToText('Une &eacute;cole\nferm&#233;e')).toBe('Une école\nfermée');
  });

  test('preformatted text keeps its spaces', () => {
    expect(htmlToText('<pre>a  b\n c</pre>')).toBe('a  b\n c');
  });
});

describe('telling mark-up from text', () => {
  test.each(['<p>oui</p>', 'a<br/>b', 'fin&nbsp;!', 'l&#39;eau', '<a href="x">y</a>'])('%s is HTML', (text) => {
    expect(looksLikeHtml(text)).toBe(true);
  });

  test.each(['a < b et c > d', 'je <3 le vélo', 'R&D', 'prix<10 &co', '<inconnu>', 'a <- b'])('%s is not', (text) => {
    expect(looksLikeHtml(text)).toBe(false);
  });
});

test('Markdown loses its marks and none of its words', () => {
  const markdown =
    '# Titre #\n\n**gras**, *italique* et [un lien](https://exemple.fr/a_b) `code`\n* un\n1. deux\n\n| a | b |\n|---|---|\n| 1 | 2 |\n> cité\n\nsnake_case_name 2*3*4';
  expect(markdownToText(markdown)).toBe(
    'Titre\n\ngras, italique et un lien code\n- un\n1. deux\n\na | b\n1 | 2\ncité\n\nsnake_case_name 2*3*4',
  );
});
