// A project whose texts a model judges, for tests: a small codebook, texts in a CSV, a model on loopback.

import { type App, openApp } from '../src/run/app.ts';
import { openAsking } from '../src/run/asking.ts';
import { runJourney } from '../src/run/journey.ts';
import { openProject } from '../src/run/project.ts';
import { sourceOf, testProject } from './project.ts';
import { sharedThreads } from './threads.ts';

export const CODEBOOK = `name: essai
version: 1
title: { fr: Essai, en: Trial }
tasks:
  - id: ton
    title: { fr: Ton, en: Tone }
    abstention: true
    categories:
      - { id: positif, title: { fr: Positif, en: Positive }, definition: Le texte approuve. }
      - { id: negatif, title: { fr: Négatif, en: Negative }, definition: Le texte désapprouve. }
`;

/** Longest rest between tries: a server that fails is left for 42 seconds in all where nobody shortens it. */
const PAUSE_MS = 500;

/** What the scripted judge of these texts goes by. */
export const WORDS = { positif: ['merci', 'bravo', 'réussi'], negatif: ['honte', 'dangereux', 'sale'] } as const;

const PRAISE = ['merci pour la piste', 'bravo aux équipes', 'un parc réussi'];
const BLAME = ['une honte', 'le carrefour est dangereux', 'le quai est sale'];

/** Texts that all differ; every third is praise, every third blame, the rest say neither. */
export function texts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const words = [PRAISE, BLAME, ['la mairie ouvre à neuf heures']][at % 3]!;
    return `Point ${at + 1} du carnet : ${words[Math.floor(at / 3) % words.length]!}.`;
  });
}

export interface ModelProject {
  readonly app: App;
  readonly root: string;
  readonly database: string;
  put(path: string, content: string): void;
  /** Replaces the annotators of the settings: YAML in braces. */
  use(annotators: string, more?: string): Promise<void>;
  /** Another process on the same project. */
  again(signal?: AbortSignal): Promise<App>;
}

/** Collected and refined, so that only models are left to ask. */
export async function modelProject(contributions: readonly string[], host: string): Promise<ModelProject> {
  const files = {
    'avis.csv': `texte\n${contributions.map((text) => `"${text.replaceAll('"', '""')}"`).join('\n')}\n`,
    'grille.yaml': CODEBOOK,
  };
  const asking = openAsking(PAUSE_MS);
  const project = await testProject(sourceOf('avis', 'file', '{ path: avis.csv }'), files, { asking });
  const { app, root, database, put } = project;
  const settings = `organisation: Commune d’essai
store: { database: "${database}" }
sovereignty: { textMayGoTo: ["${host}"] }
sources:
${sourceOf('avis', 'file', '{ path: avis.csv }')}`;
  await runJourney(app, { command: 'refine', steps: ['collect', 'refine'] }, () => undefined);
  return {
    app,
    root,
    database,
    put,
    async use(annotators, more = '') {
      put('datasens.yaml', `${settings}annotate:\n  codebook: grille.yaml\n  annotators: ${annotators}\n${more}`);
      await app.reload();
    },
    again: (signal = new AbortController().signal) => openApp(openProject(root), { signal, threads: sharedThreads() }),
  };
}
