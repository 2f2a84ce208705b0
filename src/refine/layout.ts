// Lays out the words and blocks of mark-up as plain text: blank lines between paragraphs, one line per item and row.

import type { TagRole } from './html-tags.ts';

/** White space that HTML collapses; the no-break space is not part of it. */
const COLLAPSED = /[ \t\n\r\f]+/g;

/** Collects text and block boundaries in order. One instance per document. */
export class Layout {
  private readonly parts: string[] = [];
  /** Line ends owed before the next words. */
  private owed = 0;
  private prefix = '';
  private spaced = true;
  private empty = true;
  private preformatted: number;
  /** Cells begun in the current row of a table. */
  private cells = 0;
  private lists = 0;
  /** True where an item of the same list came before, or the list is inside an item. */
  private following = false;

  /** `verbatim` keeps white space as it is: the text was laid out by its author, not by mark-up. */
  constructor(verbatim: boolean) {
    this.preformatted = verbatim ? 1 : 0;
  }

  text(): string {
    return this.parts.join('').trim();
  }

  open(role: TagRole): void {
    switch (role) {
      case 'break':
        if (!this.empty) this.owed = Math.min(this.owed + 1, 2);
        this.spaced = true;
        return;
      case 'list':
        this.lists += 1;
        this.following = this.lists > 1;
        if (!this.following) this.owe(2);
        return;
      case 'item':
        if (this.following) this.owed = 0;
        this.following = true;
        this.owe(1);
        this.prefix = '- ';
        return;
      case 'table':
        this.cells = 0;
        this.owe(2);
        return;
      case 'row':
        this.cells = 0;
        this.owe(1);
        return;
      case 'cell':
        if (this.cells > 0 && this.owed === 0) this.prefix = this.spaced ? '| ' : ' | ';
        this.cells += 1;
        this.spaced = true;
        return;
      case 'pre':
        this.owe(2);
        this.preformatted += 1;
        return;
      default:
        this.owe(role === 'line' ? 1 : 2);
    }
  }

  close(role: TagRole): void {
    switch (role) {
      case 'break':
      case 'cell':
        return;
      case 'pre':
        if (this.preformatted > 0) this.preformatted -= 1;
        this.owe(2);
        return;
      case 'list':
        this.lists = Math.max(0, this.lists - 1);
        this.owe(this.lists > 0 ? 1 : 2);
        return;
      case 'item':
        this.prefix = '';
        this.owe(1);
        return;
      case 'table':
      case 'row':
        this.cells = 0;
        this.prefix = '';
        this.owe(role === 'row' ? 1 : 2);
        return;
      default:
        this.owe(role === 'line' ? 1 : 2);
    }
  }

  write(raw: string): void {
    let text = this.preformatted > 0 ? raw : raw.replace(COLLAPSED, ' ');
    if (this.spaced && this.preformatted === 0 && text.startsWith(' ')) text = text.slice(1);
    if (text === '') return;
    if (!this.empty) this.parts.push('\n'.repeat(this.owed));
    if (this.prefix !== '') this.parts.push(this.prefix);
    this.parts.push(text);
    this.owed = 0;
    this.prefix = '';
    this.empty = false;
    this.spaced = text.endsWith(' ') || text.endsWith('\n');
  }

  /** Inside a table cell blocks do not break the row; right after a bullet they do not leave it alone. */
  private owe(lines: number): void {
    if (this.cells > 0) {
      if (!this.spaced && !this.empty) this.parts.push(' ');
    } else if (this.prefix === '') {
      this.owed = Math.max(this.owed, lines);
    }
    this.spaced = true;
  }
}
