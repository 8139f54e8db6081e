import type { RegisterKind } from '../kind.ts';
import { audit } from './audit.ts';
import { bandwidthApproval } from './bandwidth-approval.ts';
import { certificate } from './certificate.ts';
import { evaluation } from './evaluation.ts';
import { hardware } from './hardware.ts';
import { hostingApproval } from './hosting-approval.ts';
import { mandiriTik } from './mandiri-tik.ts';
import { plan } from './plan.ts';
import { record } from './record.ts';
import { report } from './report.ts';
import { serviceDesk } from './service-desk.ts';
import { software } from './software.ts';
import { waiver } from './waiver.ts';

/** Every register, in the order in which they are shown. */
export const registerKinds: readonly RegisterKind[] = [
  audit,
  evaluation,
  plan,
  report,
  hardware,
  software,
  bandwidthApproval,
  hostingApproval,
  mandiriTik,
  waiver,
  certificate,
  serviceDesk,
  record,
];

export function registerKind(name: string): RegisterKind | undefined {
  return registerKinds.find((kind) => kind.name === name);
}
