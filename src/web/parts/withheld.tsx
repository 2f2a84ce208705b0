// Labels that are not published: what was measured of them, and what to do.

import { Link } from 'wouter';
import type { BarometerAnswer } from '../../api/barometer.ts';
import { useLabels } from '../labels.ts';
import { useWords } from '../language.tsx';

type Kept = NonNullable<BarometerAnswer['barometer']>['withheld'][number] & { readonly release?: string };

interface WithheldProps {
  readonly withheld: readonly Kept[];
  /** True where the evaluation itself is elsewhere. */
  readonly leads?: boolean;
}

export function Withheld({ withheld, leads = false }: WithheldProps) {
  const { t } = useWords();
  const labels = useLabels();
  const say = useReason();
  if (withheld.length === 0) return null;
  const wantsReading = withheld.some(({ missing }) => missing !== null && missing > 0);
  return (
    <section className="notice" aria-labelledby="withheld-title">
      <h2 id="withheld-title">{t('withheld.title')}</h2>
      <p>{t('withheld.lead')}</p>
      <ul>
        {withheld.map((kept) => (
          <li key={`${kept.release}/${kept.task}/${kept.label}`}>
            <strong>
              {kept.release !== undefined && `${kept.release} – `}
              {labels.task(kept.task)},{' '}
              {kept.label === null ? t('withheld.all') : labels.category(kept.task, kept.label)}
            </strong>{' '}
            {say(kept)}
          </li>
        ))}
      </ul>
      <p className="actions">
        {leads && (
          <Link className="button" href="/evaluation">
            {t('withheld.seen')}
          </Link>
        )}
        {wantsReading && (
          <Link className="button" href="/review">
            {t('withheld.review')}
          </Link>
        )}
      </p>
    </section>
  );
}

function useReason() {
  const { t, language } = useWords();
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return ({ reason, measured, bar, n, missing }: Kept) =>
    t(`withheld.${reason}`, {
      measured: measured === null ? '–' : decimal.format(measured),
      bar: decimal.format(bar),
      read: n,
      cases: n,
      n: missing ?? 0,
    });
}

interface WithheldChartProps {
  readonly withheld: readonly Kept[];
  readonly task: string;
  /** What uses labels of the task. */
  readonly children: React.ReactNode;
}

/** A chart, or what it must not show: nothing where the whole task is kept back, a remark where some labels are. */
export function WithheldChart({ withheld, task, children }: WithheldChartProps) {
  const { t } = useWords();
  const labels = useLabels();
  const say = useReason();
  const own = withheld.filter((kept) => kept.task === task);
  const whole = own.find(({ label }) => label === null);
  if (whole !== undefined) {
    return (
      <div className="notice">
        <p>
          {t('withheld.chart', { task: labels.task(task) })} {say(whole)}
        </p>
        <Link href="/evaluation">{t('withheld.seen')}</Link>
      </div>
    );
  }
  if (own.length === 0) return children;
  const names = own.map(({ label }) => labels.category(task, label)).join(', ');
  return (
    <div className="screen-part">
      {children}
      <p className="notice small">{t('withheld.partial', { labels: names })}</p>
    </div>
  );
}
