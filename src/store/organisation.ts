// The organisation that rows belong to: its id follows from its name, so that every machine agrees without asking.

import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { OrganisationId } from '../model/identity.ts';

/** UUID version 8 (RFC 9562) made of sha256 of the name. */
export function organisationId(name: string): OrganisationId {
  const bytes = createHash('sha256').update(`datasens organisation\0${name}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return id as OrganisationId;
}

/** Creates the organisation's row if absent. */
export async function ensureOrganisation(client: Client, name: string): Promise<OrganisationId> {
  const id = organisationId(name);
  // The policy holds for owners too: the row can only be written as its own organisation.
  await client.query(`select set_config('datasens.organisation', $1, false)`, [id]);
  await client.query('insert into organisation (id, name) values ($1, $2) on conflict do nothing', [id, name]);
  return id;
}
