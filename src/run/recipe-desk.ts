// What people ask of recipes, as one interface: which are in force, what another would change, and their decision.

import type { PersonId } from '../model/person.ts';
import type { ExcerptPart } from '../refine/word-diff.ts';

export interface RecipeNamed {
  readonly id: string;
  /** Version of the steps; 0 where it is not known. */
  readonly version: number;
  /** Since when it is in this state, ISO 8601 UTC. */
  readonly since: string;
}

/** One thing that two recipes say differently: `keepPersonal`, `mapping.text`, `version` … */
export interface RecipeEntry {
  readonly name: string;
  /** JSON; null where it says nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface RecipeShift {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

export interface RecipeDifference {
  readonly same: number;
  readonly changed: number;
  readonly gone: number;
  readonly new: number;
  /** Documents by what changed in them; a document may count under several. */
  readonly changes: Readonly<Record<string, number>>;
  /** Marks of personal data by kind, findings by code, in the documents where they differ. */
  readonly personal: readonly RecipeShift[];
  readonly findings: readonly RecipeShift[];
  /** Documents `cleared`, and refused by reason. */
  readonly clearance: readonly RecipeShift[];
  /** People's judgements on texts that stay, which are carried, and on texts that change. */
  readonly judgements: { readonly carried: number; readonly stranded: number };
}

export interface RecipeProposal extends RecipeNamed {
  /** `deriving`: documents are still to be made. `comparing`: they are made. `compared`: it waits for a decision. */
  readonly state: 'deriving' | 'comparing' | 'compared' | 'refused';
  readonly entries: readonly RecipeEntry[];
  /** Records made documents of. */
  readonly records: { readonly done: number; readonly total: number };
  readonly difference: RecipeDifference | null;
  /** Who refused it and why; null where nobody did. */
  readonly actor: string | null;
  readonly why: string | null;
}

export interface SourceRecipes {
  readonly source: string;
  readonly title: string;
  readonly inForce: RecipeNamed & {
    /** False where this version of the program cannot make documents of it any more. */
    readonly derivable: boolean;
  };
  readonly proposal: RecipeProposal | null;
  /** Records received that are shown in no document, until another recipe is in force. */
  readonly waiting: number;
  /** The last replacement; null where there was none. */
  readonly replaced: {
    readonly id: string;
    readonly actor: string | null;
    readonly why: string | null;
    /** Judgements on texts that changed, which nobody made again since. */
    readonly stranded: number;
  } | null;
}

/** A piece of what two texts say; `skipped` stands for `length` UTF-16 units that they have in common. */
export type RecipePart = ExcerptPart;

export interface RecipeExample {
  /** Null where the recipe made no document of the record. */
  readonly before: string | null;
  readonly after: string | null;
  readonly changes: readonly string[];
  readonly title: readonly RecipePart[];
  readonly text: readonly RecipePart[];
  /** Fields that differ, as they are stored. */
  readonly fields: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

export interface Stranded {
  readonly before: string;
  readonly after: string | null;
  readonly task: string;
  readonly label: string;
  readonly annotator: string;
}

export interface Decision {
  /** `person:<id>`. */
  readonly actor: PersonId;
  readonly why: string;
}

export interface Accepted {
  readonly source: string;
  /** Judgements of people carried to the new documents, and those to look at again. */
  readonly carried: number;
  readonly stranded: number;
  /** The run that brings copies and answers of the policy up to date; null where none was begun. */
  readonly run: string | null;
}

export interface Refused {
  readonly source: string;
  /** What the settings still ask for, against what is in force: to be put back, or it is asked again by nobody. */
  readonly entries: readonly RecipeEntry[];
}

/** Every method throws DataSensError; `store-unavailable` where the store cannot be reached. */
export interface RecipeDesk {
  list(): Promise<readonly SourceRecipes[]>;
  /** A few documents before and after, pseudonymised as they are stored; null where nothing waits for this source. */
  examples(source: string): Promise<readonly RecipeExample[] | null>;
  /** Judgements that the last replacement left on texts that changed, at most 200; null for an unknown source. */
  stranded(source: string): Promise<readonly Stranded[] | null>;
  /** @throws not-found where nothing is proposed, partial where not all is derived, locked while a run goes */
  accept(source: string, decision: Decision, requestId: string): Promise<Accepted>;
  /** @throws not-found where nothing is proposed */
  refuse(source: string, decision: Decision): Promise<Refused>;
}
