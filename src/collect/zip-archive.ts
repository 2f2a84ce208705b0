// ZIP archives: workbooks, and files sent together. Members are read as streams, and never written anywhere.

import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { DataSensError } from '../model/error.ts';
import { bomb, type FileSource, guardExpansion, HEAD_BYTES, headOf, isBomb, type SourceLimits } from './file-source.ts';

const MAXIMUM_MEMBERS = 10_000;

export interface ZipArchive {
  /** Names as written in the archive, folders and hidden files left aside. */
  readonly names: readonly string[];
  /** The bytes of a member, unpacked under limits. @throws input-too-large, input-unreadable */
  chunks(name: string): AsyncIterable<Buffer>;
  close(): void;
}

/** An archive on disk, or in memory (an attachment). */
export type ArchivePlace = { readonly location: string } & ({ readonly path: string } | { readonly bytes: Buffer });

/** Opens an archive. @throws input-unreadable, input-too-large */
export async function openArchive(place: ArchivePlace, limits: SourceLimits): Promise<ZipArchive> {
  const { location } = place;
  const unreadable = (cause: unknown) =>
    new DataSensError('input-unreadable', `${location} is not a whole ZIP archive`, { cause });
  let zip: yauzl.ZipFile;
  const entries = new Map<string, yauzl.Entry>();
  try {
    const options = { autoClose: false, lazyEntries: true };
    zip = await ('path' in place
      ? yauzl.openPromise(place.path, options)
      : yauzl.fromBufferPromise(place.bytes, options));
  } catch (cause) {
    throw unreadable(cause);
  }
  try {
    if (zip.entryCount > MAXIMUM_MEMBERS) throw tooMany(location);
    for await (const entry of zip.eachEntry()) {
      const hidden = entry.fileName.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
      if (!entry.fileName.endsWith('/') && !hidden) entries.set(entry.fileName, entry);
      if (entries.size > MAXIMUM_MEMBERS) throw tooMany(location);
    }
  } catch (cause) {
    zip.close();
    throw cause instanceof DataSensError ? cause : unreadable(cause);
  }
  return { names: [...entries.keys()], chunks, close: () => zip.close() };

  async function* chunks(name: string): AsyncIterable<Buffer> {
    const entry = entries.get(name);
    if (entry === undefined) throw new DataSensError('input-unreadable', `${location} has no \`${name}\``);
    // The sizes that the archive declares are checked against what is unpacked (yauzl, `validateEntrySize`).
    if (isBomb(entry.compressedSize, entry.uncompressedSize)) throw bomb(`${location}/${name}`);
    let stream: Readable | null = null;
    try {
      stream = await zip.openReadStreamPromise(entry);
      const packedBytes = () => entry.compressedSize;
      yield* guardExpansion(stream, { location: `${location}/${name}`, packedBytes }, limits);
    } catch (cause) {
      limits.signal.throwIfAborted();
      if (cause instanceof DataSensError) throw cause;
      throw new DataSensError('input-unreadable', `\`${name}\` of ${location} cannot be unpacked`, { cause });
    } finally {
      stream?.destroy();
    }
  }
}

/** True where a ZIP archive is an Office workbook. @throws as `openArchive` */
export async function isWorkbook(source: FileSource): Promise<boolean> {
  const archive = await openArchive(source, { maximumBytes: 0, signal: new AbortController().signal });
  archive.close();
  if (archive.names.includes('xl/workbook.xml')) return true;
  if (!archive.names.includes('[Content_Types].xml') && !archive.names.includes('mimetype')) return false;
  throw new DataSensError('input-unsupported', `${source.location} is an Office document other than .xlsx`, {
    remedy: 'export it as CSV, XLSX, text or HTML',
  });
}

/** The files of an archive, in its order, as sources; in place of one that cannot be unpacked, why. */
export async function* openMembers(
  source: FileSource,
  limits: SourceLimits,
): AsyncIterable<FileSource | { readonly location: string; readonly error: unknown }> {
  const archive = await openArchive(source, limits);
  try {
    for (const name of archive.names) {
      const chunks = () => archive.chunks(name);
      const location = `${source.location}/${name}`;
      let head: Buffer;
      try {
        head = await headOf(chunks());
      } catch (error) {
        yield { location, error };
        continue;
      }
      yield { ...source, location, name: location, plain: false, whole: head.length < HEAD_BYTES, head, chunks };
    }
  } finally {
    archive.close();
  }
}

function tooMany(location: string): DataSensError {
  return new DataSensError('input-too-large', `${location} holds more than ${MAXIMUM_MEMBERS} files (members)`);
}
