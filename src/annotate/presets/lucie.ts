// Lucie 7B Instruct (OpenLLM-France, LINAGORA). Its card says that 22,000 tokens are used well of the 32,000 it accepts.

import { defineModel } from '../model/annotator.ts';

export default defineModel({
  name: 'lucie',
  title: { fr: 'Lucie', en: 'Lucie' },
  description: {
    fr: 'Lucie 7B Instruct, de la communauté OpenLLM-France : faible sans exemples, à mesurer avant d’y croire.',
    en: 'Lucie 7B Instruct, by the OpenLLM-France community: weak without examples, to be measured before it is believed.',
  },
  example: { endpoint: 'https://lucie.example.fr/v1', key: 'file:secrets/lucie', watts: 350 },
  defaults: { model: 'OpenLLM-France/Lucie-7B-Instruct-v1.1', contextTokens: 22_000 },
});
