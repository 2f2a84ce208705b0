// datasens review: how far the review is; a sheet to judge in a spreadsheet, and the sheet read again.

import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { DataSensError } from '../model/error.ts';
import type { ReviewOverview } from '../run/review-desk.ts';
import { readSheet, writeSheet } from '../run/review-sheet.ts';
import { openReviewDesk } from '../run/store-review-desk.ts';
import { answer, withApp } from './command.ts';

interface Asked {
  readonly person: string;
}

const LARGEST_SHEET = 1000;
const LOCAL = 'person:local';

export function attach(program: Command): void {
  const review = program
    .command('review')
    .description('How far people are with what they judge, and how far they agree');
  // An option that a command and the one above it both have is read by the one above, wherever it is written.
  const local = ['--person <id>', 'who judges', LOCAL] as const;
  review.option(...local).action((asked: Asked) =>
    answer(review, (options, signal) =>
      withApp(options, signal, async (app) => {
        const overview = await openReviewDesk(app).overview(reviewerOf(asked));
        const { codebook, progress, agreement } = overview;
        return { data: { codebook, progress, agreement }, text: describe(overview), nextSteps: ['datasens serve'] };
      }),
    ),
  );
  const draw = review
    .command('draw')
    .description('Draw again what people judge, from the documents there are now; what was read stays')
    .action(() =>
      answer(draw, (options, signal) =>
        withApp(options, signal, async (app) => {
          const items = await openReviewDesk(app).draw(reviewerOf({ person: LOCAL }));
          return { data: { items }, text: `${items} textes à relire.` };
        }),
      ),
    );
  const write = review
    .command('export')
    .description('Write the next texts of a person as a sheet (CSV), and keep these texts for them')
    .argument('<file>', 'where to write it')
    .option(...local)
    .option('--limit <number>', `how many, at most ${LARGEST_SHEET}`, '50')
    .action((file: string) =>
      answer(write, (options, signal) =>
        withApp(options, signal, async (app) => {
          const asked = write.optsWithGlobals<Asked & { readonly limit: string }>();
          const sheet = await writeSheet(openReviewDesk(app), reviewerOf(asked), parseLimit(asked.limit));
          if (sheet.items === 0) {
            throw new DataSensError('not-found', `nothing is left to read for ${asked.person}`, {
              remedy:
                '`datasens review draw` draws again where documents came since; `datasens review` says how far it is',
            });
          }
          await writeFile(file, sheet.text, { flag: 'wx' }).catch((cause: unknown) => {
            const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
            throw new DataSensError('refused', `${file} ${exists ? 'is there already' : 'cannot be written'}`, {
              cause,
              remedy: exists
                ? 'name a file that does not exist'
                : 'name a file in a folder that exists and can be written',
            });
          });
          const person = asked.person === LOCAL ? '' : ` --person ${asked.person}`;
          return {
            data: { file, items: sheet.items },
            text: `${sheet.items} textes dans ${file}.`,
            nextSteps: [`datasens review import ${file}${person}`],
          };
        }),
      ),
    );
  const read = review
    .command('import')
    .description('Read a sheet that a person filled in; read twice, it counts once')
    .argument('<file>', 'the sheet')
    .option(...local)
    .action((file: string) =>
      answer(read, (options, signal) =>
        withApp(options, signal, async (app) => {
          const asked = read.optsWithGlobals<Asked>();
          const text = await readFile(file, 'utf8').catch((cause: unknown) => {
            throw new DataSensError('input-missing', `${file} cannot be read`, { cause, remedy: 'correct the path' });
          });
          const result = await readSheet(openReviewDesk(app), reviewerOf(asked), text);
          const { answered, skipped, blank, repeated, refused } = result;
          return {
            data: result,
            text: `${answered} réponses, ${skipped} passés, ${blank} vides, ${repeated} déjà reçues, ${refused.length} refusées.`,
            warnings: refused.map(({ line, message }) => `ligne ${line} : ${message}`),
            exitCode: refused.length > 0 ? 6 : 0,
          };
        }),
      ),
    );
}

/** Whoever holds the project's files has every right on it. */
function reviewerOf({ person }: Asked) {
  if (/^person:[\w.-]{1,100}$/.test(person)) return { person, settles: true };
  throw new DataSensError('usage', `--person ${person} is no person`, { remedy: 'write it person:…' });
}

function describe({ codebook, progress, agreement }: ReviewOverview): string {
  const { states, random, mine } = progress;
  const lines = agreement
    .filter(({ n }) => n > 0)
    .map(
      ({ task, n, agreeing, alpha }) =>
        `  ${task} : ${agreeing} accords sur ${n} doubles lectures, α ${alpha?.toFixed(2) ?? '–'}`,
    );
  return [
    `${codebook} : ${states.submitted} textes relus sur ${progress.total} (au hasard : ${random.submitted} sur ${random.total}).`,
    `À lire ${states.left}, en attente d’une seconde lecture ${states.half}, en désaccord ${states.conflicting}, passés ${states.skipped}.`,
    `Pour vous : ${mine.left} à lire, ${mine.submitted} relus.`,
    ...(lines.length > 0 ? ['Accord entre personnes :', ...lines] : []),
  ].join('\n');
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_SHEET) return limit;
  throw new DataSensError('usage', `--limit ${text} is no number of texts`, {
    remedy: `give a number from 1 to ${LARGEST_SHEET}`,
  });
}
