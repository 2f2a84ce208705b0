// Every key of the review, over the screen.

import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useWords } from '../../language.tsx';

const KEYS = [
  ['1–9, B–Z', 'review.key.label'],
  ['0', 'review.key.unsure'],
  ['V, ↵', 'review.key.send'],
  ['T', 'review.key.task'],
  ['U, Ctrl+Z', 'review.key.undo'],
  ['K, J', 'review.key.look'],
  ['S', 'review.key.skip'],
  ['C', 'review.key.comment'],
  ['G', 'review.key.guide'],
  ['← →', 'review.key.words'],
  ['⇧ ← →', 'review.key.extend'],
  ['X', 'review.key.remove'],
  ['?', 'review.key.help'],
] as const;

export function Help({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <ModalOverlay className="modal-ground" isOpen={open} onOpenChange={(isOpen) => !isOpen && onClose()} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{t('review.help')}</Heading>
          <dl className="keys">
            {KEYS.map(([keys, message]) => (
              <div key={message}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{t(message)}</dd>
              </div>
            ))}
          </dl>
          <Button className="button" onPress={onClose}>
            {t('review.close')}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
