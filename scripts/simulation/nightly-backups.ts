import { createHash } from 'node:crypto';
import type { ReportBackup } from '../../shared/report-schema.ts';
import type { FleetMember } from './fleet.ts';
import { noise } from './noise.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** 19:05 UTC is 02:05 in western Indonesia: after all the due times of kabupaten-config.ts. */
const earliestEndMs = 19 * 60 * minuteMs + 5 * minuteMs;
const restateAfterMs = 3_600_000;

/** The newest backup of a department that makes one every night. @param nightsAgo 0 for the last night. */
export function nightlyBackup(
  { agent }: FleetMember,
  { dataset, source }: { dataset: string; source: string },
  atMs: number,
  nightsAgo = 0,
): ReportBackup {
  const endOf = (day: number) => day * dayMs + earliestEndMs + Math.floor(noise(agent.seed, day, 21) * 45) * minuteMs;
  const today = Math.floor(atMs / dayMs);
  const day = (endOf(today) <= atMs ? today : today - 1) - nightsAgo;
  const objectName = `${dataset}-${new Date(endOf(day)).toISOString().slice(0, 10)}.tar.zst`;
  return {
    dataset,
    source,
    outcome: 'ok',
    objectName,
    completedAt: new Date(endOf(day)).toISOString(),
    sizeBytes: Math.floor(4e8 + 3e9 * noise(agent.seed, 22) + 1e6 * (day % 365)),
    sha256: createHash('sha256').update(`${agent.id}/${objectName}`).digest('hex'),
  };
}

/** What a watched dataset looks like to the agent at a time. */
export type BackupLook = (
  member: FleetMember,
  dataset: { dataset: string; source: string },
  atMs: number,
) => ReportBackup;

/** Claims as a real agent makes them: what is new at once, the rest once an hour. */
export function createBackupClaims(
  look: BackupLook = nightlyBackup,
): (member: FleetMember, atMs: number) => ReportBackup[] {
  const claimed = new Map<string, { finding: string; atMs: number }>();
  return (member, atMs) => {
    if (!member.isFirstOfPd) return [];
    return member.config.backups.flatMap(({ dataset, source }) => {
      const claim = look(member, { dataset, source: source.kind }, atMs);
      const key = `${member.agent.id}/${dataset}`;
      const finding = `${claim.outcome} ${claim.objectName} ${claim.sizeBytes}`;
      const last = claimed.get(key);
      if (last?.finding === finding && atMs - last.atMs < restateAfterMs) return [];
      claimed.set(key, { finding, atMs });
      return [claim];
    });
  };
}
