// datasens explain

import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { JsonObject } from '../model/json.ts';
import { explain } from '../run/explain.ts';
import { answer } from './command.ts';

export function attach(program: Command): void {
  const command = program
    .command('explain')
    .description('Explain a collector, annotator or exporter: what it needs, with an example')
    .argument('[name]', 'its name; all of them when absent')
    .action((name: string | undefined) =>
      answer(command, async () => {
        const explanations = await explain(name ?? null);
        const text =
          name === undefined
            ? explanations.map(({ role, name: called, title }) => `${role.padEnd(10)} ${called.padEnd(10)} ${title.fr}`)
            : explanations.map(
                ({ role, name: called, description, schema, example }) =>
                  `${called} (${role})\n${description}\n\n${options(schema)}\n\nExemple :\n${stringify(example)}`,
              );
        return { data: explanations, text: text.join('\n') };
      }),
    );
}

function options(schema: JsonObject): string {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonObject>);
  const required = new Set((schema.required ?? []) as readonly string[]);
  const lines = properties.map(([name, { type, description }]) => {
    const kind = typeof type === 'string' ? type : 'value';
    return `  ${name.padEnd(14)} ${kind}${required.has(name) ? ', requis' : ''}${description ? ` : ${String(description)}` : ''}`;
  });
  return lines.length > 0 ? lines.join('\n') : '  (aucun réglage)';
}
