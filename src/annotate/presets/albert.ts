// Albert API (DINUM). Its names are aliases: the model behind one is read from the server and must be allowed too.

import { defineModel } from '../model/annotator.ts';

export default defineModel({
  name: 'albert',
  title: { fr: 'Albert (État)', en: 'Albert (French State)' },
  description: {
    fr: 'Les modèles de l’API Albert de la DINUM ; celui que désigne l’alias doit être admis lui aussi.',
    en: 'The models of the Albert API of DINUM; the one that the alias stands for must be allowed too.',
  },
  example: { model: 'openweight-medium', key: 'file:secrets/albert' },
  defaults: { endpoint: 'https://albert.api.etalab.gouv.fr/v1' },
});
