import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { CHEAP, openTestAccounts, PASSWORD, testAccounts } from '../../test/accounts.ts';
import { LOCAL_ACTOR } from '../model/person.ts';
import { readAccount } from '../store/accounts.ts';
import { openBeside } from '../store/database.ts';
import { openPasswordHasher } from './password-hash.ts';

const MINUTE = 60_000;
const BY = LOCAL_ACTOR.person;
const from = (address: string, signIn: string, password = PASSWORD) => ({ signIn, password, address });

async function until(look: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 10_000; !(await look()); await wait(10)) {
    if (performance.now() > end) throw new Error('it never came');
  }
}

test('without accounts whoever asks has every right; from the first one on, nobody has any without signing in', async () => {
  const { add, sessions, enter } = await testAccounts();
  expect(await sessions.isOpen()).toBe(true);
  expect(await sessions.identify(null, true)).toMatchObject({ person: 'person:local', account: null });
  const { person } = await add('Camille', ['admin', 'reader']);
  expect(await sessions.isOpen()).toBe(false);
  expect(await sessions.identify(null, true)).toBeNull();
  expect(await sessions.identify('x'.repeat(43), true)).toBeNull();
  expect(await sessions.identify(await enter(' CAMILLE '), true)).toEqual({
    person,
    roles: ['reader', 'admin'],
    account: { signIn: 'camille', name: 'Prénom Camille' },
    mustChange: false,
  });
  expect(person).toMatch(/^person:[a-z2-7]{12}$/);
});

test('a session falls asleep after 30 minutes, and ends after 10 hours however much it is used', async () => {
  const { add, sessions, enter, clock } = await testAccounts();
  await add('camille', ['admin']);
  const asleep = await enter('camille');
  clock.now += 29 * MINUTE;
  expect(await sessions.identify(asleep, false)).not.toBeNull();
  clock.now += 2 * MINUTE;
  // The page that only watched kept nothing awake.
  expect(await sessions.identify(asleep, true)).toBeNull();
  const used = await enter('camille');
  const begun = clock.now;
  for (; clock.now < begun + 595 * MINUTE; clock.now += 20 * MINUTE) {
    expect(await sessions.identify(used, true)).not.toBeNull();
  }
  clock.now = begun + 600 * MINUTE;
  expect(await sessions.identify(used, true)).toBeNull();
});

test('only the hash of a token is kept, and signing out ends it', async () => {
  const { add, sessions, enter, database } = await testAccounts();
  await add('camille', ['admin']);
  const token = await enter('camille');
  expect(Buffer.from(token, 'base64url').length).toBe(32);
  const other = await enter('camille');
  const beside = openBeside(database, 1);
  onTestFinished(() => beside.close());
  const elsewhere = await openTestAccounts(beside);
  onTestFinished(() => elsewhere.sessions.close());
  expect(await elsewhere.sessions.identify(token, true)).not.toBeNull();
  await sessions.signOut(token);
  expect(await sessions.identify(token, true)).toBeNull();
  expect(await sessions.identify(other, true)).not.toBeNull();
  // The other process had it in memory.
  await until(async () => (await elsewhere.sessions.identify(token, true)) === null);
});

test('roles that change, and accounts that close, are felt at once by sessions that go on', async () => {
  const { add, sessions, accounts, enter } = await testAccounts();
  await add('camille', ['admin']);
  const { person } = await add('dominique', ['steward']);
  const token = await enter('dominique');
  await sessions.identify(token, true);
  await accounts.setRoles(person, ['reader'], BY);
  await until(async () => (await sessions.identify(token, true))?.roles.join() === 'reader');
  expect((await accounts.find('dominique')).sessions).toBe(1);
  await accounts.setState(person, 'disabled', BY);
  await until(async () => (await sessions.identify(token, true)) === null);
  await accounts.setState(person, 'active', BY);
  expect(await sessions.identify(token, true)).toBeNull();
});

test('a wrong name, a wrong password and a closed account are answered alike, and alike late', {
  retry: 2,
}, async () => {
  const { add, sessions, accounts } = await testAccounts();
  await add('camille', ['admin']);
  const { person } = await add('dominique', ['reader']);
  await accounts.setState(person, 'disabled', BY);
  const timeOf = async (signIn: string, password: string) => {
    const times: number[] = [];
    let message = '';
    for (let turn = 0; turn < 4; turn += 1) {
      const startedAt = performance.now();
      await sessions.signIn(from(`192.0.2.${turn}`, signIn, password)).catch((error) => {
        message = `${error.code} ${error.message} ${error.remedy}`;
      });
      times.push(performance.now() - startedAt);
    }
    return { message, median: times.sort((left, right) => left - right)[2]! };
  };
  const wrong = await timeOf('camille', 'trois moineaux violets');
  const unknown = await timeOf('personne', PASSWORD);
  const closed = await timeOf('dominique', PASSWORD);
  expect(wrong.message).toContain('unauthenticated');
  expect([unknown.message, closed.message]).toEqual([wrong.message, wrong.message]);
  for (const other of [unknown, closed]) {
    expect(other.median / wrong.median).toBeGreaterThan(0.4);
    expect(other.median / wrong.median).toBeLessThan(2.5);
  }
});

test('tries are counted, at once too, for names that exist or not, and the window passes', async () => {
  const { add, sessions, clock } = await testAccounts();
  await add('camille', ['admin']);
  for (const name of ['camille', 'personne']) {
    const tries = await Promise.all(
      Array.from({ length: 12 }, () =>
        sessions.signIn(from('192.0.2.1', name, 'rien de tout cela')).then(
          () => 'in',
          (error) => error.code,
        ),
      ),
    );
    expect(tries.filter((code) => code === 'unauthenticated').length).toBe(5);
    expect(tries.filter((code) => code === 'throttled').length).toBe(7);
  }
  await expect(sessions.signIn(from('192.0.2.1', 'camille'))).rejects.toMatchObject({ remedy: 'wait 15 minutes' });
  // From elsewhere the person still comes in: a stranger locks nobody out.
  expect(await sessions.signIn(from('192.0.2.2', 'camille'))).toBeDefined();
  // A right one forgets the wrong ones before it.
  expect(await sessions.signIn(from('192.0.2.1', 'personne')).catch((error) => error.code)).toBe('throttled');
  clock.now += 15 * MINUTE;
  expect(await sessions.signIn(from('192.0.2.1', 'camille'))).toBeDefined();
});

test('a person changes their password: others must be refused it, other sessions end, the present one is needed', async () => {
  const { add, sessions, enter } = await testAccounts();
  await add('camille', ['admin']);
  const [here, there] = [await enter('camille'), await enter('camille')];
  const change = (current: string, next: string) => sessions.changePassword(here, { current, next });
  expect(await change('faux', 'cinq moineaux violets')).toMatchObject({ problems: [{ code: 'wrong' }] });
  expect(await change(PASSWORD, PASSWORD)).toMatchObject({ problems: [{ code: 'same' }] });
  expect(await change(PASSWORD, 'court')).toMatchObject({ problems: [{ code: 'too-short' }] });
  const changed = await change(PASSWORD, 'cinq moineaux violets');
  if ('kind' in changed) throw new Error('refused');
  expect(await sessions.identify(here, true)).toBeNull();
  expect(await sessions.identify(there, true)).toBeNull();
  expect(await sessions.identify(changed.token, true)).toMatchObject({ account: { signIn: 'camille' } });
});

test('a one-time password must be changed, and soon', async () => {
  const { add, sessions, accounts, clock } = await testAccounts();
  await add('camille', ['admin']);
  const asked = { signIn: 'dominique', name: 'Dominique', roles: ['reader'] } as const;
  const added = await accounts.add(asked, BY);
  if (added.kind === 'invalid') throw new Error('refused');
  const password = added.password!;
  const first = await sessions.signIn(from('192.0.2.1', 'dominique', password));
  expect(first.visitor.mustChange).toBe(true);
  const own = await sessions.changePassword(first.token, { current: password, next: PASSWORD });
  expect(own).toMatchObject({ visitor: { mustChange: false } });
  const again = await accounts.setPassword(added.account.person, null, BY);
  if (again.kind === 'invalid') throw new Error('refused');
  clock.now += 73 * 60 * MINUTE;
  await expect(sessions.signIn(from('192.0.2.1', 'dominique', again.password!))).rejects.toMatchObject({
    message: expect.stringContaining('expired'),
  });
});

test('a password that was kept at a lower cost is kept at today’s once it is used', async () => {
  const { add, database, sessions, enter } = await testAccounts();
  await add('camille', ['admin']);
  const { openSessionDesk } = await import('./store-session-desk.ts');
  const stronger = await openSessionDesk(database, {
    clock: () => new Date(),
    hasher: openPasswordHasher({ ...CHEAP, logN: 11 }),
    organisation: 'x',
  });
  onTestFinished(() => stronger.close());
  const kept = async () => (await database.transaction((tx) => readAccount(tx, { signIn: 'camille' })))!.password;
  expect(await kept()).toContain('$scrypt$ln=10,r=8,p=1$');
  await stronger.signIn(from('192.0.2.1', 'camille'));
  expect(await kept()).toContain('$scrypt$ln=11,r=8,p=1$');
  expect(await enter('camille')).toBeDefined();
  expect(await sessions.isOpen()).toBe(false);
});
