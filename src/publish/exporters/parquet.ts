// Parquet, which figures are computed from.

import { defineExporter } from '../exporter.ts';
import { openParquetTable } from '../parquet-table.ts';

export default defineExporter({
  name: 'parquet',
  title: { fr: 'Parquet', en: 'Parquet' },
  file: 'documents.parquet',
  mediaType: 'application/vnd.apache.parquet',
  openTable: openParquetTable,
});
