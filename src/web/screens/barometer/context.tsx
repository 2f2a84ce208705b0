// How far the figures can be trusted: provisional or not, coverage, measured quality, method.

import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Link } from 'wouter';
import type { BarometerAnswer } from '../../../api/barometer.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { CoverageSentence } from '../../parts/coverage.tsx';
import { Measures } from '../../parts/measures.tsx';

interface ContextProps {
  readonly barometer: NonNullable<BarometerAnswer['barometer']>;
  readonly total: number;
  /** Address of the documents counted. */
  readonly documents: string;
}

export function Context({ barometer, total, documents }: ContextProps) {
  const { t } = useWords();
  const { data: journey } = useAnswer('/api/v1/journey');
  return (
    <section className="context">
      <div className="context-row">
        <p className="total" role="status">
          {t('barometer.total', { n: total })}
        </p>
        <Link href={documents}>{t('barometer.seeDocuments')}</Link>
        <Method release={barometer.release} />
      </div>
      {barometer.provisional && (
        <div className="notice">
          <p>
            <strong>{t('barometer.provisional')}.</strong> {t('barometer.provisional.body')}
          </p>
        </div>
      )}
      <div className="faint">
        <CoverageSentence coverage={barometer.coverage} />
        <p>
          <em>{t('barometer.method.interval')}</em>
        </p>
      </div>
      {journey && journey.measurements.length > 0 && (
        <details>
          <summary>{t('measure.title')}</summary>
          <Measures
            measurements={journey.measurements}
            only={['tone.accuracy', 'tone.coverage', 'theme.accuracy', 'theme.coverage']}
          />
        </details>
      )}
    </section>
  );
}

function Method({ release }: { readonly release: string }) {
  const { t } = useWords();
  return (
    <DialogTrigger>
      <Button className="button small-button">{t('barometer.method')}</Button>
      <ModalOverlay className="modal-ground" isDismissable>
        <Modal className="modal">
          <Dialog className="dialog">
            {({ close }) => (
              <>
                <Heading slot="title">{t('barometer.method.title')}</Heading>
                <p>
                  <strong>{t('barometer.method.interval')}</strong> {t('barometer.method.interval.body')}
                </p>
                <p>{t('barometer.method.small')}</p>
                <p>{t('barometer.method.copies')}</p>
                <p>{t('barometer.method.tone')}</p>
                <p className="small faint">{t('barometer.method.release', { id: release })}</p>
                <Button className="button primary" onPress={close}>
                  {t('barometer.method.close')}
                </Button>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
