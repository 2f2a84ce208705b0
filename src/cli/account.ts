// datasens account: who may sign in to the workbench, with which roles.

import type { Command } from 'commander';
import { DataSensError } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';
import { LOCAL_ACTOR, ROLES, type Role } from '../model/person.ts';
import type { Account, AccountDesk, AccountResult, ChangedAccount } from '../run/account-desk.ts';
import { openPasswordHasher } from '../run/password-hash.ts';
import { openAccountDesk } from '../run/store-account-desk.ts';
import { answer, type GlobalOptions, withApp } from './command.ts';
import type { Answer } from './output.ts';
import { readNewPassword } from './secret-input.ts';

const BY = LOCAL_ACTOR.person;

/** What each role is for, in words of the interface. */
const TITLES: Readonly<Record<Role, string>> = {
  reader: 'lecture',
  analyst: 'analyse',
  reviewer: 'relecture',
  steward: 'intendance',
  dpo: 'protection des données',
  admin: 'administration',
  garant: 'garantie',
};

export function attach(program: Command): void {
  const account = program.command('account').description('Who may sign in to the workbench, and with which roles');
  const work = (command: Command, change: (desk: AccountDesk) => Promise<Answer>) =>
    answer(command, (options, signal) => withDesk(options, signal, change));

  const add = account
    .command('add')
    .description('Add an account; its password is typed unseen, or is the first line of the standard input')
    .argument('<sign-in>', 'name to sign in with')
    .option('--name <name>', 'name shown to colleagues; the sign-in name where absent')
    .option('--roles <list>', `of ${ROLES.join(', ')}`, 'reader')
    .option('--one-time', 'draw a password, shown once, to be changed at the first sign-in')
    .action((signIn: string, given: { readonly name?: string; readonly roles: string; readonly oneTime?: true }) =>
      work(add, async (desk) => {
        const asked = { signIn, name: given.name ?? signIn, roles: parseRoles(given.roles) };
        const password = given.oneTime ? {} : { password: await readNewPassword() };
        const isFirst = (await desk.list()).length === 0;
        const done = required(await desk.add({ ...asked, ...password }, BY));
        const text = `${done.account.signIn} peut se connecter (${rolesOf(done.account)}).`;
        return changed(
          done,
          isFirst ? `${text}\nDésormais, l’interface demande de se connecter, ici comme ailleurs.` : text,
        );
      }),
    );

  const list = account
    .command('list')
    .description('List the accounts')
    .action(() =>
      work(list, async (desk) => {
        const accounts = await desk.list();
        return {
          data: { accounts },
          text: accounts.length === 0 ? 'Aucun compte : qui est à cette machine a tous les droits.' : table(accounts),
          nextSteps: accounts.length === 0 ? ['datasens account add <identifiant> --roles admin'] : [],
        };
      }),
    );

  const roles = account
    .command('roles')
    .description('Give an account other roles')
    .argument('<sign-in>')
    .argument('<list>', `of ${ROLES.join(', ')}`)
    .action((named: string, given: string) =>
      work(roles, async (desk) => {
        const { person } = await desk.find(named);
        const done = required(await desk.setRoles(person, parseRoles(given), BY));
        return changed(done, `${done.account.signIn} : ${rolesOf(done.account)}.`);
      }),
    );

  for (const [verb, state, description] of [
    ['disable', 'disabled', 'Close an account; its sessions end at once'],
    ['enable', 'active', 'Open again an account that was closed'],
  ] as const) {
    const command = account
      .command(verb)
      .description(description)
      .argument('<sign-in>')
      .action((named: string) =>
        work(command, async (desk) => {
          const { person } = await desk.find(named);
          const done = required(await desk.setState(person, state, BY));
          return changed(done, `${done.account.signIn} est ${state === 'active' ? 'ouvert' : 'fermé'}.`);
        }),
      );
  }

  const password = account
    .command('password')
    .description('Give an account another password, typed unseen or read from the standard input; its sessions end')
    .argument('<sign-in>')
    .option('--one-time', 'draw a password, shown once, to be changed at the next sign-in')
    .action((named: string, { oneTime }: { readonly oneTime?: true }) =>
      work(password, async (desk) => {
        const { person } = await desk.find(named);
        const done = required(await desk.setPassword(person, oneTime ? null : await readNewPassword(), BY));
        return changed(done, `Le mot de passe de ${done.account.signIn} est changé.`);
      }),
    );
}

function withDesk(
  options: GlobalOptions,
  signal: AbortSignal,
  change: (desk: AccountDesk) => Promise<Answer>,
): Promise<Answer> {
  return withApp(options, signal, (app) =>
    change(
      openAccountDesk(app.database, {
        clock: app.clock,
        hasher: openPasswordHasher(),
        organisation: app.project.settings.organisation,
        from: 'command line',
      }),
    ),
  );
}

function changed({ account, password }: ChangedAccount, text: string): Answer {
  const handed = password === null ? '' : `\nMot de passe à usage unique, montré cette seule fois : ${password}`;
  return { data: { account, password }, text: `${text}${handed}` };
}

/** @throws usage with every mistake */
function required(result: AccountResult): ChangedAccount {
  if (result.kind === 'changed') return result;
  const message = result.problems.map((problem) => problem.message).join('; ');
  throw new DataSensError('usage', message, { remedy: 'nothing was changed; correct it and try again' });
}

function parseRoles(given: string): readonly Role[] {
  return given
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
    .map((part) => {
      const role = ROLES.find((known) => known === part);
      if (role !== undefined) return role;
      const close = nearest(part, ROLES);
      throw new DataSensError('usage', `there is no role ${part}`, {
        remedy: close === null ? `name some of: ${ROLES.join(', ')}` : `did you mean ${close}?`,
      });
    });
}

function rolesOf({ roles }: Account): string {
  return roles.map((role) => `${role} (${TITLES[role]})`).join(', ');
}

function table(accounts: readonly Account[]): string {
  const width = Math.max(...accounts.map(({ signIn }) => signIn.length));
  return accounts
    .map(({ person, signIn, name, roles, state, lastSignInAt }) => {
      const seen = lastSignInAt === null ? 'jamais venu' : `venu le ${lastSignInAt.slice(0, 16).replace('T', ' ')}`;
      const closed = state === 'disabled' ? '  fermé' : '';
      return `${signIn.padEnd(width)}  ${person}  ${name}  ${roles.join(',')}  ${seen}${closed}`;
    })
    .join('\n');
}
