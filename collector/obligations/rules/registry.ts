import type { Rule } from '../rule.ts';
import { auditDue } from './audit-due.ts';
import { auditResultReported } from './audit-result-reported.ts';
import { backupCoverageComplete } from './backup-coverage-complete.ts';
import { backupInPusatData } from './backup-in-pusat-data.ts';
import { backupRecent } from './backup-recent.ts';
import { bandwidthWithinApproval } from './bandwidth-within-approval.ts';
import { certificateValid } from './certificate-valid.ts';
import { dataInPusatData } from './data-in-pusat-data.ts';
import { departmentRecordKept } from './department-record-kept.ts';
import { drcReplicaFresh } from './drc-replica-fresh.ts';
import { eCertificateValid } from './e-certificate-valid.ts';
import { egressThroughJaringanIntra } from './egress-through-jaringan-intra.ts';
import { evaluationDue } from './evaluation-due.ts';
import { evaluationResultReported } from './evaluation-result-reported.ts';
import { governmentIntraLinkReachable } from './government-intra-link-reachable.ts';
import { hardwareInventoryComplete } from './hardware-inventory-complete.ts';
import { hostingApproved } from './hosting-approved.ts';
import { incidentReported } from './incident-reported.ts';
import { jaringanIntraProvided } from './jaringan-intra-provided.ts';
import { jaringanIntraUsed } from './jaringan-intra-used.ts';
import { lanReachable } from './lan-reachable.ts';
import { mandiriTikStatusRecorded } from './mandiri-tik-status-recorded.ts';
import { modificationDetected } from './modification-detected.ts';
import { offsiteDistance } from './offsite-distance.ts';
import { pdnLinkReachable } from './pdn-link-reachable.ts';
import { planReviewDue } from './plan-review-due.ts';
import { pusatDataAvailable } from './pusat-data-available.ts';
import { recordKept } from './record-kept.ts';
import { restoreTested } from './restore-tested.ts';
import { segmentOwnerNamed } from './segment-owner-named.ts';
import { serverInPusatData } from './server-in-pusat-data.ts';
import { serverUp } from './server-up.ts';
import { serviceConnectedToOffices } from './service-connected-to-offices.ts';
import { serviceDeskRecording } from './service-desk-recording.ts';
import { softwareRegistered } from './software-registered.ts';
import { splReachable } from './spl-reachable.ts';
import { supervisionReportDue } from './supervision-report-due.ts';
import { wanArea } from './wan-area.ts';
import { wanReachable } from './wan-reachable.ts';
import { websiteAvailable } from './website-available.ts';
import { websiteContentFresh } from './website-content-fresh.ts';
import { websiteDomainValid } from './website-domain-valid.ts';
import { websiteExists } from './website-exists.ts';

/** Every rule that a regulation file may name. */
export const rules: readonly Rule[] = [
  auditDue,
  auditResultReported,
  backupCoverageComplete,
  backupInPusatData,
  backupRecent,
  bandwidthWithinApproval,
  certificateValid,
  dataInPusatData,
  departmentRecordKept,
  drcReplicaFresh,
  eCertificateValid,
  egressThroughJaringanIntra,
  evaluationDue,
  evaluationResultReported,
  governmentIntraLinkReachable,
  hardwareInventoryComplete,
  hostingApproved,
  incidentReported,
  jaringanIntraProvided,
  jaringanIntraUsed,
  lanReachable,
  mandiriTikStatusRecorded,
  modificationDetected,
  offsiteDistance,
  pdnLinkReachable,
  planReviewDue,
  pusatDataAvailable,
  recordKept,
  restoreTested,
  segmentOwnerNamed,
  serverInPusatData,
  serverUp,
  serviceConnectedToOffices,
  serviceDeskRecording,
  softwareRegistered,
  splReachable,
  supervisionReportDue,
  wanArea,
  wanReachable,
  websiteAvailable,
  websiteContentFresh,
  websiteDomainValid,
  websiteExists,
];

export function ruleNamed(name: string): Rule | undefined {
  return rules.find((rule) => rule.name === name);
}
