import type { Rule } from '../rule.ts';
import { backupCoverageComplete } from './backup-coverage-complete.ts';
import { backupInPusatData } from './backup-in-pusat-data.ts';
import { backupRecent } from './backup-recent.ts';
import { bandwidthWithinApproval } from './bandwidth-within-approval.ts';
import { certificateValid } from './certificate-valid.ts';
import { drcReplicaFresh } from './drc-replica-fresh.ts';
import { egressThroughJaringanIntra } from './egress-through-jaringan-intra.ts';
import { modificationDetected } from './modification-detected.ts';
import { pdnLinkReachable } from './pdn-link-reachable.ts';
import { serviceConnectedToOffices } from './service-connected-to-offices.ts';
import { governmentIntraLinkReachable } from './government-intra-link-reachable.ts';
import { lanReachable } from './lan-reachable.ts';
import { jaringanIntraProvided } from './jaringan-intra-provided.ts';
import { jaringanIntraUsed } from './jaringan-intra-used.ts';
import { offsiteDistance } from './offsite-distance.ts';
import { restoreTested } from './restore-tested.ts';
import { serverUp } from './server-up.ts';
import { splReachable } from './spl-reachable.ts';
import { wanArea } from './wan-area.ts';
import { wanReachable } from './wan-reachable.ts';

/** Every rule that a regulation file may name. */
export const rules: readonly Rule[] = [
  backupCoverageComplete,
  backupInPusatData,
  backupRecent,
  bandwidthWithinApproval,
  certificateValid,
  drcReplicaFresh,
  egressThroughJaringanIntra,
  modificationDetected,
  pdnLinkReachable,
  serviceConnectedToOffices,
  governmentIntraLinkReachable,
  lanReachable,
  jaringanIntraProvided,
  jaringanIntraUsed,
  offsiteDistance,
  restoreTested,
  serverUp,
  splReachable,
  wanArea,
  wanReachable,
];

export function ruleNamed(name: string): Rule | undefined {
  return rules.find((rule) => rule.name === name);
}
