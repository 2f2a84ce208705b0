// Who copied whom: candidate groups come from the store, texts are compared, clusters are stored whole.

import { isCampaign, joinCopies } from '../refine/copies.ts';
import { candidateGroups, countComparable, replaceClusters, textsOf } from '../store/clusters.ts';
import type { App } from './app.ts';
import type { Reporter } from './reporter.ts';

/** `documents = distinct + copies`; documents without words are in neither. */
export interface ClusterCounts {
  readonly documents: number;
  readonly distinct: number;
  readonly clusters: number;
  /** Documents that are a copy of another. */
  readonly copies: number;
  /** Clusters large enough to be a campaign. */
  readonly campaigns: number;
}

/** Recomputes the clusters of the current recipes; the same result in any order of arrival. */
export async function clusterDocuments(app: App, reporter: Reporter): Promise<ClusterCounts> {
  reporter.started('copies');
  const counts = await app.database.withLock('cluster', () =>
    app.database.transaction(async (tx) => {
      const members = await joinCopies(candidateGroups(tx, app.recipes), (ids) => {
        app.signal.throwIfAborted();
        return textsOf(tx, ids);
      });
      const rows = members.map((member) => ({ ...member, campaign: isCampaign(member.size) }));
      await replaceClusters(tx, rows);
      const clusters = new Map(rows.map((row) => [row.cluster, row]));
      const documents = await countComparable(tx, app.recipes);
      const copies = rows.length - clusters.size;
      return {
        documents,
        distinct: documents - copies,
        clusters: clusters.size,
        copies,
        campaigns: [...clusters.values()].filter((row) => row.campaign).length,
      };
    }),
  );
  reporter.finished('copies', { ...counts });
  return counts;
}
