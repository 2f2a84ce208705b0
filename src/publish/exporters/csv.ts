// CSV, for spreadsheets and for every other program.

import { openCsvTable } from '../csv-table.ts';
import { defineExporter } from '../exporter.ts';

export default defineExporter({
  name: 'csv',
  title: { fr: 'CSV (UTF-8)', en: 'CSV (UTF-8)' },
  file: 'documents.csv',
  mediaType: 'text/csv; charset=utf-8',
  openTable: (path, columns) => openCsvTable(path, columns),
});
