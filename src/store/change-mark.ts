import { sql } from 'kysely';
import type { Session } from './session.ts';

const NAME = 'changes';

/**
 * Moves the mark of change: in every transaction that changes what is published, and as its last statement, so that
 * whoever waits here holds up nobody.
 */
export async function moveChangeMark({ db }: Session): Promise<void> {
  await sql`
    insert into facts (name, value) values (${NAME}, '1')
    on conflict (name) do update set value = cast(cast(facts.value as bigint) + 1 as text)`.execute(db);
}

export async function changeMark({ db }: Session): Promise<string> {
  const row = await db.selectFrom('facts').select('value').where('name', '=', NAME).executeTakeFirst();
  return row?.value ?? '0';
}
