import { type BackupLook, createBackupClaims } from './nightly-backups.ts';
import type { RoundContent } from './round-content.ts';
import type { SpoolingAgent } from './spooling-agent.ts';
import { configuredProbes } from './vantage-probes.ts';

export interface TypicalRoundsOptions {
  /** Whether the router of a department answers the vantage; all do unless told. */
  isRouterUp?: (pd: string) => boolean;
  /** How a dataset looks; the backup of last night is there unless told. */
  look?: BackupLook;
}

export type RoundOf = (agent: SpoolingAgent, atMs: number) => RoundContent;

/** What a round of each agent holds: the usual figures, the routers when it is the vantage, the backups of its department. */
export function createTypicalRounds({ isRouterUp = () => true, look }: TypicalRoundsOptions = {}): RoundOf {
  const claimsOf = createBackupClaims(look);
  return ({ member }, atMs) => {
    const backups = claimsOf(member, atMs);
    const probes = configuredProbes(member, atMs, isRouterUp);
    return {
      ...(backups.length === 0 ? {} : { backups }),
      ...(probes.length === 0 ? {} : { probes: [...member.agent.ownProbes(atMs), ...probes] }),
    };
  };
}
