// One document: its words, who judged them and on which words, its copies, and the way back to the bytes received.

import { Link } from 'wouter';
import type { DocumentAnswer } from '../../../api/documents.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { Annotations } from './annotations.tsx';
import { Copies, Model } from './copies.tsx';
import { Facts } from './facts.tsx';
import { Findings } from './findings.tsx';
import { ProvenanceChain } from './provenance.tsx';
import { Surroundings } from './surroundings.tsx';
import { Territory } from './territory.tsx';
import { TextSteps } from './text-steps.tsx';
import { Words } from './words.tsx';

export default function DocumentScreen({ id }: { readonly id: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useAnswer(`/api/v1/documents/${encodeURIComponent(id)}`);
  if (error) {
    return (
      <div className="screen narrow">
        <h1>{t('document.chain.document')}</h1>
        <Problem error={error} retry={() => void refetch()} />
        <Link href="/corpus">{t('document.back')}</Link>
      </div>
    );
  }
  if (data === undefined) return <Skeleton rows={7} />;
  return <DocumentPage document={data} />;
}

function DocumentPage({ document }: { readonly document: DocumentAnswer }) {
  const { t } = useWords();
  const title = document.title ?? t('corpus.untitled');
  useTitle(title);
  return (
    <div className="screen">
      <header className="intro">
        <p>
          <Link href="/corpus">← {t('document.back')}</Link>
        </p>
        <h1 className={document.title === null ? 'untitled' : 'broken'}>{title}</h1>
      </header>
      <div className="columns wide-left">
        <div className="screen-part">
          <Words document={document} />
          <Annotations document={document} />
          <Territory document={document} />
          <Surroundings id={document.id} />
          {document.cluster && <Copies cluster={document.cluster} id={document.id} />}
          {document.model && <Model model={document.model} />}
          <Findings document={document} />
          <TextSteps document={document} />
        </div>
        <div className="screen-part">
          <Facts document={document} />
          <ProvenanceChain document={document} />
        </div>
      </div>
    </div>
  );
}
