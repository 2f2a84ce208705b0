// Why an item is left to others: one key for each reason.

import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { SkipReason } from '../../../api/review-schemas.ts';
import { useWords } from '../../language.tsx';
import { keyOf } from './keys.ts';

const REASONS: readonly SkipReason[] = ['unreadable', 'language', 'personal', 'involved', 'other'];

interface SkipProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onSkip: (reason: SkipReason) => void;
}

export function Skip({ open, onClose, onSkip }: SkipProps) {
  const { t } = useWords();
  const pressed = (event: { readonly key: string; readonly code: string }) => {
    const reason = REASONS[Number(keyOf(event)) - 1];
    if (reason !== undefined) onSkip(reason);
  };
  return (
    <ModalOverlay className="modal-ground" isOpen={open} onOpenChange={(isOpen) => !isOpen && onClose()} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog">
          <div className="reasons">
            <Heading slot="title">{t('review.skip.title')}</Heading>
            {REASONS.map((reason, at) => (
              <Button
                key={reason}
                className="button"
                autoFocus={at === 0}
                onKeyDown={pressed}
                onPress={() => onSkip(reason)}
              >
                <span className="press-key" aria-hidden="true">
                  {at + 1}
                </span>{' '}
                {t(`review.skip.${reason}`)}
              </Button>
            ))}
            <Button className="button quiet" onPress={onClose}>
              {t('review.close')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
