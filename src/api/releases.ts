// GET /api/v1/releases and the files of each.

import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import type { Reader } from '../run/reader.ts';
import { coverageSchema } from './figures.ts';

const releasesSchema = z.object({
  releases: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        title: z.string(),
        publishedAt: z.string(),
        documents: z.int(),
        coverage: coverageSchema,
        generator: z.string(),
        files: z
          .array(z.object({ path: z.string(), sha256: z.string(), sizeBytes: z.int(), mediaType: z.string() }))
          .readonly(),
      }),
    )
    .readonly(),
});
export type ReleasesAnswer = z.output<typeof releasesSchema>;

/** Routes of releases. Files are always downloads, whatever their type. */
export function releaseRoutes(reader: Reader): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/releases',
      { schema: { summary: 'Releases, newest first', tags: ['publish'], response: { 200: releasesSchema } } },
      async () => {
        const releases = await reader.releases();
        return {
          releases: releases.map(({ manifest, id, name, title, publishedAt, documents }) => ({
            ...{ id, name, title, publishedAt, documents },
            coverage: manifest.coverage,
            generator: manifest.generator,
            files: manifest.files,
          })),
        };
      },
    );
    server.get(
      '/api/v1/releases/:id/files/*',
      {
        schema: {
          summary: 'One file of a release',
          tags: ['publish'],
          params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/), '*': z.string().min(1).max(500) }),
        },
      },
      async (request, reply) => {
        const path = request.params['*'];
        const file = await reader.releaseFile(request.params.id, path);
        if (file === null) throw new DataSensError('not-found', 'this release has no such file');
        const name = path.slice(path.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._-]/g, '_');
        return reply
          .type(file.mediaType)
          .headers({
            'content-length': String(file.sizeBytes),
            'content-disposition': `attachment; filename="${name}"`,
            etag: `"${file.sha256}"`,
            // Asked for each time: who may have it can change.
            'cache-control': 'private, no-cache',
          })
          .send(Readable.from(file.body));
      },
    );
  };
}
