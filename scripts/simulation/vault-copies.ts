import { createHash } from 'node:crypto';
import type { ReportBackup } from '../../shared/report-schema.ts';
import type { FleetMember } from './fleet.ts';
import { arrivesAfterMs, type BackupLook } from './nightly-backups.ts';

/** One file in the vault. */
export interface VaultCopy {
  /** Below the folder of its dataset. */
  objectName: string;
  modifiedAtMs: number;
  arrivedAtMs: number;
  sizeBytes: number;
  /** Of the bytes that are in the vault. */
  sha256: string;
}

/** What lies in the vault of a dataset at a time, newest first. */
export type CopiesOf = (owner: { pd: string; dataset: string }, atMs: number) => readonly VaultCopy[];

export interface VaultCopiesOptions {
  /** Agents of the departments; who has none puts nothing into the vault. */
  members: readonly FleetMember[];
  /** What the departments have made. */
  look: BackupLook;
  /** While a department's link is away nothing new comes in, and what is there stays. */
  isLinked: (pd: string) => boolean;
}

/** A vault into which the departments copy each backup that they make, with its own time. */
export function createVaultCopies({ members, look, isLinked }: VaultCopiesOptions): CopiesOf {
  const senders = new Map(members.filter((each) => each.isFirstOfPd).map((each) => [each.agent.pd, each]));
  const shelves = new Map<string, VaultCopy[]>();
  return ({ pd, dataset }, atMs) => {
    const key = `${pd}/${dataset}`;
    const sender = senders.get(pd);
    const source = sender?.config.backups.find((each) => each.dataset === dataset)?.source?.kind;
    if (sender !== undefined && source !== undefined && isLinked(pd)) {
      const arrived = look(sender, { dataset, source }, atMs)
        .flatMap(copyOf)
        .filter(({ arrivedAtMs }) => arrivedAtMs <= atMs);
      shelves.set(key, arrived.toReversed());
    }
    return shelves.get(key) ?? [];
  };
}

/** A look that found no backup leaves nothing to copy. */
function copyOf({ objectName, completedAt, sizeBytes, sha256 }: ReportBackup): VaultCopy[] {
  if (objectName === undefined || completedAt === undefined || sizeBytes === undefined || sha256 === undefined) {
    return [];
  }
  const modifiedAtMs = Date.parse(completedAt);
  return [{ objectName, modifiedAtMs, arrivedAtMs: modifiedAtMs + arrivesAfterMs, sizeBytes, sha256 }];
}

/**
 * Of one department only the beginning of each copy arrives, from the newest one at the first look on; what came before
 * is whole.
 */
export function cutOffCopies(copiesOf: CopiesOf, wrong: { pd: string; arrivingRatio: number }): CopiesOf {
  const sinceMs = new Map<string, number>();
  return (owner, atMs) => {
    const copies = copiesOf(owner, atMs);
    const [newest] = copies;
    if (owner.pd !== wrong.pd || newest === undefined) return copies;
    const fromMs = sinceMs.get(owner.dataset) ?? newest.modifiedAtMs;
    sinceMs.set(owner.dataset, fromMs);
    return copies.map((copy) => (copy.modifiedAtMs < fromMs ? copy : cutOff(copy, wrong.arrivingRatio)));
  };
}

function cutOff(copy: VaultCopy, arrivingRatio: number): VaultCopy {
  const sizeBytes = Math.floor(copy.sizeBytes * arrivingRatio);
  return { ...copy, sizeBytes, sha256: createHash('sha256').update(`${sizeBytes} of ${copy.sha256}`).digest('hex') };
}
