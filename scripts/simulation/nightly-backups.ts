import { createHash } from 'node:crypto';
import type { ReportBackup } from '../../shared/report-schema.ts';
import type { FleetMember } from './fleet.ts';
import { noise } from './noise.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** 19:05 UTC is 02:05 in western Indonesia: after all the due times of kabupaten-config.ts. */
const earliestEndMs = 19 * 60 * minuteMs + 5 * minuteMs;
const restateAfterMs = 3_600_000;
/** As many as one report takes (shared/report-schema.ts). */
const mostClaims = 128;
/** So long a dataset grows by a megabyte a night before it shrinks again; its size never jumps. */
const growsForNights = 365;

/**
 * A copy is in the vault so much later than the backup was completed. An agent speaks of the backup no earlier: it first
 * waits until the file has stopped changing.
 */
export const arrivesAfterMs = 5 * minuteMs;

/** A dataset as an agent's configuration names it. */
export interface WatchedDataset {
  dataset: string;
  /** Kind of the source. */
  source: string;
}

/** The newest backup of a department that makes one every night. @param nightsAgo 0 for the last night. */
export function nightlyBackup(
  { agent }: FleetMember,
  { dataset, source }: WatchedDataset,
  atMs: number,
  nightsAgo = 0,
): ReportBackup {
  const endOf = (day: number) => day * dayMs + earliestEndMs + Math.floor(noise(agent.seed, day, 21) * 45) * minuteMs;
  const today = Math.floor(atMs / dayMs);
  const day = (endOf(today) + arrivesAfterMs <= atMs ? today : today - 1) - nightsAgo;
  const objectName = `${dataset}-${new Date(endOf(day)).toISOString().slice(0, 10)}.tar.zst`;
  const grownNights = Math.abs((day % (2 * growsForNights)) - growsForNights);
  return {
    dataset,
    source,
    outcome: 'ok',
    objectName,
    completedAt: new Date(endOf(day)).toISOString(),
    sizeBytes: Math.floor(4e8 + 3e9 * noise(agent.seed, 22) + 1e6 * grownNights),
    sha256: createHash('sha256').update(`${agent.id}/${objectName}`).digest('hex'),
  };
}

/** The backups of several nights, oldest first. @param nights `from` the most recent one, `count` of them. */
export function backupsOfNights(
  member: FleetMember,
  dataset: WatchedDataset,
  atMs: number,
  { from, count }: { from: number; count: number },
): ReportBackup[] {
  return Array.from({ length: count }, (_, place) => nightlyBackup(member, dataset, atMs, from + count - 1 - place));
}

/** What a watched dataset looks like to the agent at a time: claims, oldest first. */
export type BackupLook = (member: FleetMember, dataset: WatchedDataset, atMs: number) => readonly ReportBackup[];

const lastNight: BackupLook = (member, dataset, atMs) => [nightlyBackup(member, dataset, atMs)];

/** Claims as a real agent makes them: what is new at once, the newest again once an hour. */
export function createBackupClaims(
  look: BackupLook = lastNight,
): (member: FleetMember, atMs: number) => ReportBackup[] {
  /** Of each dataset what was found in the last look, and when it was said. */
  const said = new Map<string, ReadonlyMap<string, number>>();
  return (member, atMs) => {
    if (!member.isFirstOfPd) return [];
    const claims: ReportBackup[] = [];
    for (const { dataset, source } of member.config.backups) {
      if (source === undefined) continue;
      const key = `${member.agent.id}/${dataset}`;
      const before = said.get(key);
      const now = new Map<string, number>();
      const found = look(member, { dataset, source: source.kind }, atMs);
      for (const [index, claim] of found.entries()) {
        const finding = `${claim.outcome} ${claim.objectName} ${claim.sizeBytes}`;
        const saidAtMs = before?.get(finding);
        const isDue = saidAtMs === undefined || (index === found.length - 1 && atMs - saidAtMs >= restateAfterMs);
        if (isDue && claims.length < mostClaims) {
          claims.push(claim);
          now.set(finding, atMs);
        } else if (saidAtMs !== undefined) now.set(finding, saidAtMs);
      }
      said.set(key, now);
    }
    return claims;
  };
}
