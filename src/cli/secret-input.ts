// A secret as a person types it, unseen, or as the first line of a pipe; never an argument, which other programs can read.

import { text } from 'node:stream/consumers';
import { DataSensError } from '../model/error.ts';

/** Asks twice on a terminal. @throws usage where the two differ or nothing comes, cancelled on Ctrl+C */
export async function readNewPassword(): Promise<string> {
  if (!process.stdin.isTTY) return nonEmpty((await text(process.stdin)).split(/\r?\n/)[0]!);
  const first = nonEmpty(await ask('Mot de passe (12 caractères au moins) : '));
  if ((await ask('Le même, encore : ')) === first) return first;
  throw new DataSensError('usage', 'the two passwords differ', { remedy: 'type the same one twice' });
}

function nonEmpty(typed: string): string {
  if (typed !== '') return typed;
  throw new DataSensError('usage', 'no password came', {
    remedy: 'type one on a terminal, or write it as the first line of the standard input',
  });
}

/** Reads a line that the terminal does not show. */
function ask(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.resume();
  stdin.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed = '';
    const leave = () => {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const take = (keys: string) => {
      for (const key of keys) {
        if (key === '\r' || key === '\n' || key === '\u0004') {
          leave();
          return resolve(typed);
        }
        if (key === '\u0003') {
          leave();
          return reject(new DataSensError('cancelled', 'no password was given; nothing was changed'));
        }
        if (key === '\u007f' || key === '\b') typed = [...typed].slice(0, -1).join('');
        else if (key === '\u0015') typed = '';
        else if (key >= ' ') typed += key;
      }
    };
    stdin.on('data', take);
  });
}
