import { expect, test } from 'vitest';
import { PASSWORD, testAccounts } from '../../test/accounts.ts';
import { LOCAL_ACTOR } from '../model/person.ts';
import { listActs, verifyActs } from '../store/acts.ts';

const BY = LOCAL_ACTOR.person;

test('the first account administers the others, and there is always one that does', async () => {
  const { accounts, add } = await testAccounts();
  const asked = { signIn: 'camille', name: 'Camille', password: PASSWORD };
  expect(await accounts.add({ ...asked, roles: ['reader'] }, BY)).toMatchObject({ problems: [{ code: 'first' }] });
  const { person } = await add('camille', ['admin']);
  const last = { kind: 'invalid', problems: [{ code: 'last-admin' }] };
  expect(await accounts.setRoles(person, ['reader'], BY)).toMatchObject(last);
  expect(await accounts.setState(person, 'disabled', BY)).toMatchObject(last);
  const other = await add('dominique', ['admin', 'dpo']);
  expect(await accounts.setState(person, 'disabled', BY)).toMatchObject({ account: { state: 'disabled' } });
  // Somebody who can not come in administers nothing.
  expect(await accounts.setRoles(other.person, ['dpo'], BY)).toMatchObject(last);
});

test('of two who give up the role at once, one keeps it', async () => {
  const { accounts, add } = await testAccounts();
  const [one, two] = [await add('camille', ['admin']), await add('dominique', ['admin'])];
  const results = await Promise.all([one, two].map(({ person }) => accounts.setRoles(person, ['reader'], BY)));
  expect(results.map(({ kind }) => kind).sort()).toEqual(['changed', 'invalid']);
});

test('every mistake is told with its field, and nothing is kept', async () => {
  const { accounts, add } = await testAccounts();
  const bad = { signIn: 'a b', name: '\u0000', roles: [], password: 'court' } as const;
  const result = await accounts.add(bad, BY);
  expect(result).toMatchObject({
    problems: [
      { field: 'signIn', code: 'invalid' },
      { field: 'name', code: 'invalid' },
      { field: 'roles', code: 'none' },
      { field: 'password', code: 'too-short' },
    ],
  });
  await add('camille', ['admin']);
  const twice = { signIn: 'ＣAMILLE', name: 'Autre', roles: ['reader'], password: PASSWORD } as const;
  expect(await accounts.add(twice, BY)).toMatchObject({ problems: [{ field: 'signIn', code: 'taken' }] });
  expect(await accounts.list()).toHaveLength(1);
  await expect(accounts.find('personne')).rejects.toMatchObject({ code: 'not-found' });
  await expect(accounts.setRoles('person:aaaaaaaaaaaa', ['reader'], BY)).rejects.toMatchObject({ code: 'not-found' });
});

test('every change is an act that names who made it and of whom, by their ids alone', async () => {
  const { accounts, add, database } = await testAccounts();
  const admin = await add('camille', ['admin']);
  const { person } = await add('dominique', ['reader']);
  await accounts.setRoles(person, ['steward', 'reviewer'], admin.person);
  await accounts.setPassword(person, null, admin.person);
  await accounts.endSessions(person, admin.person);
  await accounts.setState(person, 'disabled', admin.person);
  const acts = await database.transaction((tx) => listActs(tx, { before: null, actor: admin.person, limit: 10 }));
  expect(acts.map(({ verb, object, detail }) => [verb, object, detail.change])).toEqual(
    ['disable', 'sessions', 'password', 'roles'].map((change) => ['administer', person, change]),
  );
  expect(acts[3]!.detail).toEqual({ change: 'roles', before: ['reader'], roles: ['reviewer', 'steward'] });
  const all = await database.transaction((tx) => listActs(tx, { before: null, actor: null, limit: 10 }));
  expect(JSON.stringify(all)).not.toMatch(/dominique|camille|Prénom/i);
  expect(await database.transaction(verifyActs)).toEqual({ count: 6, broken: null });
});
