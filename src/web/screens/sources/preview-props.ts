// What the parts of a preview are given.

import type { PreviewAnswer } from '../../../api/source-schemas.ts';
import type { Values } from './draft.ts';
import type { Schema } from './field-kind.ts';

export type Preview = Extract<PreviewAnswer, { readonly kind: 'read' }>;

export interface PreviewProps {
  readonly preview: Preview;
  readonly schema: Schema;
  readonly config: Values;
  readonly busy: boolean;
  /** Changes the settings and reads again. */
  readonly correct: (config: Values) => void;
}
