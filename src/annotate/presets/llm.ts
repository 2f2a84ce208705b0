// Any model behind any OpenAI-compatible server (vLLM, llama.cpp, Ollama).

import { defineModel } from '../model/annotator.ts';

export default defineModel({
  name: 'llm',
  title: { fr: 'Modèle de langue', en: 'Language model' },
  description: {
    fr: 'Un modèle de langue sur un serveur compatible OpenAI : ses réponses sont contraintes par la grille et vérifiées.',
    en: 'A language model on an OpenAI-compatible server: its answers are constrained by the codebook and verified.',
  },
  example: {
    endpoint: 'https://modele.example.fr/v1',
    model: 'OpenLLM-France/Luciole-23B-Instruct-1.1',
    price: { perHour: 2.5 },
    budget: { hours: 8 },
  },
  defaults: {},
});
