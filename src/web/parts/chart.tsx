// The contract of every chart: a title, a sentence that says what it shows, a real table of the same rows, exports.

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { useWords } from '../language.tsx';
import { csvOf, download, svgOf } from './chart-files.ts';
import { type Column, Table } from './table.tsx';

export interface ChartProps<Row> {
  readonly title: string;
  /** One sentence with the figures that matter; it is the drawing's description too. */
  readonly summary: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Draws for a width in CSS pixels. Marks of class `pick` hold the rows in order. */
  readonly draw: (width: number) => SVGSVGElement | HTMLElement;
  /** A row was clicked; the table's links are the same way for the keyboard. */
  readonly onPick?: (row: Row) => void;
  /** Name of exported files, without extension. */
  readonly fileName: string;
  readonly children?: ReactNode;
}

export function Chart<Row>(props: ChartProps<Row>) {
  const { title, summary, columns, rows, rowKey, fileName, children } = props;
  const { t, language } = useWords();
  const holder = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<'graph' | 'table'>('graph');
  const id = useId();
  const saveSvg = () => {
    const drawing = holder.current?.querySelector('svg');
    if (drawing) download(svgOf(drawing, { title, summary }), `${fileName}.svg`, 'image/svg+xml');
  };
  const saveCsv = () => download(csvOf(columns, rows, language), `${fileName}.csv`, 'text/csv;charset=utf-8');
  return (
    <figure className="card chart" aria-labelledby={`${id}-title`}>
      <figcaption className="chart-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <p className="chart-summary">{summary}</p>
      </figcaption>
      <Tabs selectedKey={view} onSelectionChange={(key) => setView(key === 'table' ? 'table' : 'graph')}>
        <div className="chart-bar">
          <TabList className="tabs-list" aria-label={`${t('chart.view')} – ${title}`}>
            <Tab className="tab" id="graph">
              {t('chart.graph')}
            </Tab>
            <Tab className="tab" id="table">
              {t('chart.table')}
            </Tab>
          </TabList>
          <span className="actions">
            <button
              type="button"
              className="button quiet"
              aria-label={t('chart.csv.label', { title })}
              onClick={saveCsv}
            >
              {t('chart.csv')}
            </button>
            {view === 'graph' && (
              <button
                type="button"
                className="button quiet"
                aria-label={t('chart.svg.label', { title })}
                onClick={saveSvg}
              >
                {t('chart.svg')}
              </button>
            )}
          </span>
        </div>
        <TabPanel id="graph">
          <div ref={holder}>
            <Drawing {...props} />
          </div>
          {children}
        </TabPanel>
        <TabPanel id="table">
          <Table caption={title} columns={columns} rows={rows} rowKey={rowKey} />
        </TabPanel>
      </Tabs>
    </figure>
  );
}

function Drawing<Row>({ title, summary, rows, draw, onPick }: ChartProps<Row>) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const id = useId();
  useEffect(() => {
    const holder = frame.current;
    if (holder === null || width === 0) return;
    const drawing = draw(width);
    const svg = drawing instanceof SVGSVGElement ? drawing : drawing.querySelector('svg');
    if (svg === null) return;
    // Plot's inline style would be refused by the content security policy; charts.css says the same.
    for (const style of svg.querySelectorAll('style')) style.remove();
    name(svg, { id, title, summary });
    const pick = (event: MouseEvent) => {
      const row = rowOf(event.target, rows);
      if (row !== null) onPick?.(row);
    };
    svg.addEventListener('click', pick);
    holder.replaceChildren(svg);
    return () => svg.removeEventListener('click', pick);
  }, [draw, onPick, rows, width, id, title, summary]);
  return <div ref={frame} className="chart-drawing" />;
}

function name(svg: SVGSVGElement, words: { readonly id: string; readonly title: string; readonly summary: string }) {
  const title = document.createElementNS(svg.namespaceURI, 'title');
  title.id = `${words.id}-name`;
  title.textContent = words.title;
  const description = document.createElementNS(svg.namespaceURI, 'desc');
  description.id = `${words.id}-description`;
  description.textContent = words.summary;
  svg.prepend(title, description);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', title.id);
  svg.setAttribute('aria-describedby', description.id);
  // Everything inside is said by the name, the description and the table.
  for (const child of svg.querySelectorAll('[aria-label]')) child.removeAttribute('aria-label');
  for (const child of svg.querySelectorAll('[aria-description]')) child.removeAttribute('aria-description');
}

/** Plot leaves on each element the index of its row. */
function rowOf<Row>(target: EventTarget | null, rows: readonly Row[]): Row | null {
  if (!(target instanceof SVGElement) || target.closest('.pick') === null) return null;
  const index = (target as SVGElement & { readonly __data__?: unknown }).__data__;
  return typeof index === 'number' ? (rows[index] ?? null) : null;
}

function useWidth(frame: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const holder = frame.current;
    if (holder === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(holder);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
