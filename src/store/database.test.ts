import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { openDatabase } from './database.ts';

test('a transaction sees its organisation and no other', async () => {
  const one = await testDatabase('Commune une');
  const two = await openDatabase({ url: one.url, organisation: 'Commune deux', poolSize: 1 });
  try {
    const write = (database: typeof one, name: string) =>
      database.transaction((tx) =>
        tx.insertInto('source').values({ name, collector: 'file', settings: '{}' }).execute(),
      );
    await write(one, 'une');
    await write(two, 'deux');
    const read = (database: typeof one) =>
      database.transaction((tx) => tx.selectFrom('source').select('name').execute());
    expect(await read(one)).toEqual([{ name: 'une' }]);
    expect(await read(two)).toEqual([{ name: 'deux' }]);
    await expect(
      one.transaction((tx) =>
        sql`insert into source (organisation, name, collector, settings)
          values (${two.organisation}, 'volee', 'file', '{}')`.execute(tx),
      ),
    ).rejects.toMatchObject({ code: 'internal' });
  } finally {
    await two.close();
  }
});
