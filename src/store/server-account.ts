// Under which system account the embedded PostgreSQL runs: ours, or another one where we are root (it refuses root).

import { chmod, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataSensError } from '../model/error.ts';

export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  /** True where the account is not the one of this process: files must be given to it. */
  readonly other: boolean;
}

/** `postgres` where the machine has it, else `nobody`: initdb needs an account that has a name. */
const PREFERRED = ['postgres', 'nobody'];

/** Chooses the account. Windows has no uids: there it is always ours. */
export async function chooseAccount(): Promise<ServerAccount> {
  if (process.getuid === undefined || process.getgid === undefined) return { uid: -1, gid: -1, other: false };
  const uid = process.getuid();
  if (uid !== 0) return { uid, gid: process.getgid(), other: false };
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of PREFERRED) {
    const account = accounts.find((fields) => fields[0] === name);
    const [id, group] = [Number(account?.[2]), Number(account?.[3])];
    if (Number.isInteger(id) && Number.isInteger(group) && id > 0) return { uid: id, gid: group, other: true };
  }
  throw new DataSensError(
    'store-unavailable',
    'PostgreSQL refuses to run as root and this machine has no other account',
    {
      remedy: 'Create an account named postgres, or run DataSens as an ordinary user.',
    },
  );
}

/** True where the account may enter every folder down to `path` (`path` included). */
export async function isReachable(path: string, account: ServerAccount): Promise<boolean> {
  if (!account.other) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found !== null && !mayEnter(found, account)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Lets other accounts pass through (not list) a folder of ours. */
export async function letPass(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o777) | 0o011);
}

function mayEnter(
  found: { readonly uid: number; readonly gid: number; readonly mode: number },
  account: ServerAccount,
): boolean {
  if (found.uid === account.uid) return (found.mode & 0o100) !== 0;
  if (found.gid === account.gid) return (found.mode & 0o010) !== 0;
  return (found.mode & 0o001) !== 0;
}
