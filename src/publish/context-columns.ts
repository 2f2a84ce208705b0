// The columns of a release's `context` files: what happened in its days and places, one value a row.

import type { ContextRow } from '../model/context.ts';
import { type Column, column } from './columns.ts';

export const CONTEXT_COLUMNS: readonly Column<ContextRow>[] = [
  column('source', 'source', 'text', 'source du contexte', 'source of the context'),
  column('source_title', 'sourceTitle', 'text', 'nom de la source', 'name of the source'),
  column('licence', 'licence', 'text', 'licence de la source', 'licence of the source'),
  column('series', 'series', 'text', 'série', 'series'),
  column('title', 'title', 'text', 'nom de la série', 'name of the series'),
  column('kind', 'kind', 'text', '`number`, `category` ou `event`', '`number`, `category` or `event`'),
  column('unit', 'unit', 'text', 'unité', 'unit'),
  column('weekly', 'weekly', 'text', 'chiffre d’une semaine', 'how days make the figure of a week'),
  column('first_day', 'firstDay', 'date', 'premier jour', 'first day'),
  column('last_day', 'lastDay', 'date', 'dernier jour, compris', 'last day, included'),
  column(
    'place_kind',
    'placeKind',
    'text',
    '`commune`, `epci`, `department`, `zone` (vacances scolaires), `region` ou `country`',
    '`commune`, `epci`, `department`, `zone` (school holidays), `region` or `country`',
  ),
  column('place', 'place', 'text', 'code du lieu', 'code of the place'),
  column('value', 'value', 'number', 'valeur, si c’est un nombre', 'value, where it is a number'),
  column('label', 'label', 'text', 'catégorie ou événement', 'category or event'),
  column('record', 'record', 'text', 'empreinte des octets reçus (sha256)', 'hash of the bytes received (sha256)'),
];
