// Questionnaires and consultations: one row is one person, several columns are questions, one document is one answer.

import { defineCollector } from '../collector.ts';
import { type ConsultationConfig, consultationConfig } from '../consultation-config.ts';
import { collectFiles } from '../file-snapshot.ts';
import { answersOf } from '../questionnaire-answers.ts';
import { readAnswer } from '../questionnaire-item.ts';
import { claimsHead } from '../questionnaire-platforms.ts';

/** Raised by hand when the same file would be planned otherwise than before: unchanged files are then collected again. */
const PLAN_VERSION = 1;

export default defineCollector<ConsultationConfig>({
  name: 'consultation',
  title: { fr: 'Questionnaires et consultations', en: 'Questionnaires and consultations' },
  description: {
    fr: 'Lit des questionnaires en CSV, TSV, XLSX, JSON, JSONL ou Parquet : un document par réponse ouverte, les réponses fermées pour comparer, la personne réduite à un lien pseudonyme. Reconnaît les exports de Decidim, Cap Collectif, démarches simplifiées et LimeSurvey.',
    en: 'Reads questionnaires in CSV, TSV, XLSX, JSON, JSONL or Parquet: one document per free answer, closed answers to compare by, the person reduced to a pseudonymous link. Recognises exports of Decidim, Cap Collectif, démarches simplifiées and LimeSurvey.',
  },
  config: consultationConfig,
  example: {
    path: 'inputs/questionnaire.csv',
    questions: [{ column: 'Q1', title: 'Que faut-il changer en premier ?' }, 'Autres remarques'],
    attributes: ['Tranche d’âge', 'Quartier'],
    participant: 'Email',
  },
  local: { config: (path) => ({ path }), claims: (_name, head) => claimsHead(head) },
  snapshots: 'replace',

  reading({ path: _path, maximumBytes: _bytes, maximumRecordBytes: _record, ...reading }) {
    return { questionnaire: JSON.parse(JSON.stringify(reading)) };
  },

  async *collect(config, effects) {
    const versioned = { ...config, planVersion: PLAN_VERSION };
    yield* answersOf(collectFiles(versioned, effects), config);
  },

  read: (bytes, from) => readAnswer(bytes, from),
});
