// Branded identifiers: one type per kind of thing, so that a document's id is never taken for a record's.

declare const brand: unique symbol;
type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };

/** UUID of an organisation; every stored row belongs to one. */
export type OrganisationId = Brand<string, 'organisation'>;
/** The name a source has in the settings, e.g. `concertation`. */
export type SourceName = Brand<string, 'source'>;
/** UUID of one fetch. */
export type SnapshotId = Brand<string, 'snapshot'>;
/** Lower-case hexadecimal sha256 of the record's bytes, 64 characters. */
export type RecordId = Brand<string, 'record'>;
/** Lower-case hexadecimal sha256 of source, record, copy number, recipe and part, 64 characters. */
export type DocumentId = Brand<string, 'document'>;
/** Hexadecimal sha256 of a recipe's canonical JSON, 64 characters. */
export type RecipeId = Brand<string, 'recipe'>;
/** UUID of a pack of sealed records in the object store. */
export type PackId = Brand<string, 'pack'>;
/** UUID of a batch: the records that one job refines together. */
export type BatchId = Brand<string, 'batch'>;
/** UUID of a run. */
export type RunId = Brand<string, 'run'>;
/** Hexadecimal sha256 of a release's manifest, 64 characters. */
export type ReleaseId = Brand<string, 'release'>;
/** `name@version` of a codebook, e.g. `barometre@1`. */
export type CodebookVersion = Brand<string, 'codebook'>;
/** Hexadecimal sha256 of a policy's canonical JSON. */
export type PolicyId = Brand<string, 'policy'>;
