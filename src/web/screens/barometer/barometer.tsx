// The barometer: filters in the address, four charts, and everything needed to know how far to trust them.

import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useLocation } from 'wouter';
import type { BarometerAnswer } from '../../../api/barometer.ts';
import type { BarometerContextAnswer } from '../../../api/context.ts';
import { addressOf, type Parameters, useParameters } from '../../address.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Withheld, WithheldChart } from '../../parts/withheld.tsx';
import { useTitle } from '../../title.ts';
import { Context } from './context.tsx';
import { BarometerFilters } from './filters.tsx';
import { HeatChart } from './heat-chart.tsx';
import { IndicatorChart } from './indicator-chart.tsx';
import { ThemeChart } from './theme-chart.tsx';
import { ToneChart } from './tone-chart.tsx';
import { spanOf, VolumeChart, weeksOf } from './volume-chart.tsx';

const PARAMETERS = ['from', 'to', 'source', 'department', 'theme', 'counting'] as const;

export default function Barometer() {
  const { t, language } = useWords();
  const [filter, change] = useParameters(PARAMETERS);
  useTitle(t('barometer.title'));
  const weeks = useAnswer('/api/v1/barometer', { ...filter, by: 'week' }, { keepPrevious: true });
  // Themes are ranked against each other: a chosen theme is shown among the others, not alone at 100 %.
  const { theme: _chosen, ...others } = filter;
  const themes = useAnswer('/api/v1/barometer', { ...others, by: 'theme' }, { keepPrevious: true });
  const heat = useAnswer('/api/v1/barometer', { ...others, by: 'theme,department' }, { keepPrevious: true });
  const { from, to, department } = filter;
  const kept = Object.entries({ from, to, department }).filter((entry): entry is [string, string] => Boolean(entry[1]));
  // Beside the figures: what it cannot say leaves them as they are.
  const around = useAnswer('/api/v1/barometer/context', Object.fromEntries(kept), { keepPrevious: true });
  const failed = [weeks, themes, heat].find((answer) => answer.error !== null);
  const barometer = weeks.data?.barometer;
  return (
    <I18nProvider locale={language === 'fr' ? 'fr-FR' : 'en-GB'}>
      <div className="screen">
        <header className="intro">
          <h1>{t('barometer.title')}</h1>
          <p className="lead">{t('barometer.lead')}</p>
        </header>
        {barometer !== null && <BarometerFilters filter={filter} change={change} />}
        {failed !== undefined && <Problem error={failed.error} retry={() => void failed.refetch()} />}
        {barometer === undefined && failed === undefined && <Skeleton rows={6} />}
        {barometer === null && (
          <Empty
            title={t('barometer.empty.title')}
            body={t('barometer.empty.body')}
            commands={[{ command: 'datasens run', does: t('home.empty.run') }]}
          />
        )}
        {barometer && (
          <Figures
            weeks={barometer}
            themes={themes.data?.barometer ?? null}
            heat={heat.data?.barometer ?? null}
            around={around.data ?? null}
            filter={filter}
          />
        )}
      </div>
    </I18nProvider>
  );
}

type Answer = NonNullable<BarometerAnswer['barometer']>;

interface FiguresProps {
  readonly weeks: Answer;
  readonly themes: Answer | null;
  readonly heat: Answer | null;
  readonly around: BarometerContextAnswer | null;
  readonly filter: Parameters;
}

function Figures({ weeks, themes, heat, around, filter }: FiguresProps) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const total = weeks.cells.reduce((sum, cell) => sum + cell.n, 0);
  const dated = weeksOf(weeks.cells);
  const indicators = around?.items.filter((series) => series.weeks.length > 0) ?? [];
  const corpus = (changes: Parameters) => corpusAddress(filter, changes);
  const shared = {
    release: weeks.release.slice(0, 8),
    corpus,
    open: (changes: Parameters) => navigate(corpus(changes)),
  };
  return (
    <>
      <Context barometer={weeks} total={total} documents={corpus({})} />
      <Withheld withheld={weeks.withheld} leads />
      {total === 0 ? (
        <p className="notice">{t('barometer.nothing')}</p>
      ) : (
        <div className="charts">
          <VolumeChart cells={weeks.cells} context={around} {...shared} />
          <WithheldChart withheld={weeks.withheld} task="tone">
            <ToneChart cells={weeks.cells} {...shared} />
          </WithheldChart>
          {themes && (
            <WithheldChart withheld={weeks.withheld} task="theme">
              <ThemeChart cells={themes.cells} chosen={filter.theme ?? ''} several={themes.severalThemes} {...shared} />
            </WithheldChart>
          )}
          {heat && (
            <WithheldChart withheld={weeks.withheld} task="theme">
              <HeatChart cells={heat.cells} {...shared} />
            </WithheldChart>
          )}
          {dated.length > 0 &&
            indicators.map((series) => (
              <IndicatorChart
                key={`${series.source} ${series.series}`}
                series={series}
                span={spanOf(dated)}
                release={shared.release}
              />
            ))}
        </div>
      )}
    </>
  );
}

/** The corpus under the barometer's filters, so that a figure leads to its words. */
function corpusAddress(filter: Parameters, changes: Parameters): string {
  const { counting = 'raw', ...kept } = filter;
  return addressOf('/corpus', { ...kept, ...changes, duplicates: counting === 'raw' ? 'all' : 'fold' });
}
