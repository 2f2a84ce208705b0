// Luciole Instruct 1.1 (OpenLLM-France, LINAGORA), 8 billion parameters unless the settings name another size.

import { defineModel } from '../model/annotator.ts';

export default defineModel({
  name: 'luciole',
  title: { fr: 'Luciole', en: 'Luciole' },
  description: {
    fr: 'Luciole Instruct 1.1, qui succède à Lucie : 1, 8 ou 23 milliards de paramètres.',
    en: 'Luciole Instruct 1.1, which succeeds Lucie: 1, 8 or 23 billion parameters.',
  },
  example: { endpoint: 'https://luciole.example.fr/v1', model: 'OpenLLM-France/Luciole-23B-Instruct-1.1' },
  defaults: { model: 'OpenLLM-France/Luciole-8B-Instruct-1.1', contextTokens: 131_072 },
});
