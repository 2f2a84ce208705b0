// One inspected record as one line of JSON, in the documented shape.

import type { Inspected, InspectedRecord } from '../run/inspect.ts';

/** `{ file, index, collector, record, document, personal, annotations, findings }`, absent where not reached; or the error. */
export function inspectedLine(inspected: Inspected): string {
  if (inspected.kind === 'failure') return JSON.stringify({ file: inspected.file, error: inspected.error });
  const { file, index, collector, refined, item, annotations, refusal } = inspected;
  const parts = [
    `"file":${JSON.stringify(file)}`,
    `"index":${index}`,
    `"collector":${JSON.stringify(collector)}`,
    `"record":${recordJson(inspected)}`,
  ];
  if (refined) {
    parts.push(`"document":${JSON.stringify(documentOf(inspected))}`);
    parts.push(`"personal":${JSON.stringify(refined.personal.map(({ start, end, kind }) => ({ start, end, kind })))}`);
  }
  if (annotations) {
    const judged = annotations.map(({ task, label, score, annotator }) => ({ task, label, score, annotator }));
    parts.push(`"annotations":${JSON.stringify(judged)}`);
  }
  parts.push(`"findings":${JSON.stringify(refined?.findings ?? item.findings)}`);
  if (refusal) parts.push(`"clearance":${JSON.stringify({ cleared: refusal.length === 0, reasons: refusal })}`);
  return `{${parts.join(',')}}`;
}

/** Written by hand: an object would move columns named by numbers to the front. */
function recordJson({ item }: InspectedRecord): string {
  const { id, title, text, url, authors, publishedAt, fields } = item;
  const columns = fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const head = JSON.stringify({ id, title, text, url, authors, publishedAt });
  return `${head.slice(0, -1)},"fields":{${columns.join(',')}}}`;
}

function documentOf({ refined, territory, cluster }: InspectedRecord) {
  const { title, text, language, published, encoding } = refined!;
  return { title, text, language, publishedAt: published?.value ?? null, territory, encoding, cluster };
}
