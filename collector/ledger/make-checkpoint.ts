import type { KeyObject } from 'node:crypto';
import type { LedgerPort } from '../store/ledger-port.ts';
import { signCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './entry.ts';

/** Signs the chain as it ends now. @returns the latest checkpoint; undefined while the ledger is empty. */
export async function makeCheckpoint(
  ledger: Pick<LedgerPort, 'head' | 'latestCheckpoint' | 'addCheckpoint'>,
  privateKey: KeyObject,
  nowMs: number,
): Promise<Checkpoint | undefined> {
  const [head, latest] = [await ledger.head(), await ledger.latestCheckpoint()];
  if (head === undefined || head.seq === latest?.seq) return latest;
  const { seq, hash } = head;
  await ledger.addCheckpoint(signCheckpoint({ seq, hash, atMs: nowMs, previousSeq: latest?.seq ?? 0 }, privateKey));
  // Another process may have made one of the same entry at the same time.
  return ledger.latestCheckpoint();
}
