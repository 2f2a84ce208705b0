// People as the program knows them: an id that says nothing of who they are, and roles that say what they may do.

export const ROLES = ['reader', 'analyst', 'reviewer', 'steward', 'dpo', 'admin', 'garant'] as const;
export type Role = (typeof ROLES)[number];

/** `person:` and letters that mean nothing: all that annotations and acts hold of who made them. */
export type PersonId = `person:${string}`;

/** Who acts. */
export interface Actor {
  readonly person: PersonId;
  readonly roles: readonly Role[];
}

/** Whoever sits at the machine, as long as it has no accounts: there every right is theirs. */
export const LOCAL_ACTOR: Actor = { person: 'person:local', roles: ROLES };
