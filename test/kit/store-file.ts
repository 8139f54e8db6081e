import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { noFactChanges } from '../../collector/store/no-changes.ts';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import type { BatchOutcome, FactChanges, Store } from '../../collector/store/store.ts';
import type { ParsedBatch } from '../../collector/facts/fleet.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TestAgent } from './test-agent.ts';

export const noFacts: FactChanges = noFactChanges();

/** A store in a file of this test alone. */
export interface StoreFile {
  path: string;
  store: Store;
  /** Closes it and opens it anew, as a restart would. */
  reopen(): Promise<Store>;
}

export function storeFile(): StoreFile {
  const path = join(temporaryFolder(), 'pantau.db');
  const file: StoreFile = {
    path,
    store: openSqliteStore(path),
    async reopen() {
      await file.store.close();
      file.store = openSqliteStore(path);
      return file.store;
    },
  };
  onTestFinished(() => file.store.close().catch(() => {}));
  return file;
}

/** Enrols the agents in the order given, so that their keys are 1, 2, 3 … */
export async function enrolAll(store: Store, agents: readonly TestAgent[], nowMs: number): Promise<void> {
  for (const { id, row } of agents) {
    const secretHash = `token of ${id}`;
    const token = { secretHash, pd: row.pd, site: row.site, roles: row.roles };
    await store.addToken({ ...token, createdAtMs: nowMs, expiresAtMs: nowMs + 1000 });
    await store.enrol(secretHash, { id, node: row.node, publicKey: row.publicKey }, nowMs);
  }
}

/** Keeps batches without facts. */
export function keep(store: Store, batches: readonly ParsedBatch[]): Promise<BatchOutcome[]> {
  return store.commitReports(
    batches.map((parsed) => parsed.batch),
    () => noFacts,
  );
}
