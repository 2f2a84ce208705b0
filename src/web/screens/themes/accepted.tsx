// What was written into the codebook, and what is left to do before every text has its themes.

import type { ThemesAcceptedAnswer } from '../../../api/themes.ts';
import { useWords } from '../../language.tsx';

export function AcceptedNotice({ accepted }: { readonly accepted: ThemesAcceptedAnswer }) {
  const { t } = useWords();
  const { themes, version, settings } = accepted;
  return (
    <div className="notice" role="status">
      <p>{t('themes.accepted', { n: themes, version })}</p>
      {settings !== null && (
        <>
          <p>{t('themes.accepted.settings')}</p>
          <pre>
            <code>{settings}</code>
          </pre>
        </>
      )}
      <p>{t(settings === null ? 'themes.accepted.annotate' : 'themes.accepted.then')}</p>
      <pre>
        <code>datasens annotate</code>
      </pre>
    </div>
  );
}
