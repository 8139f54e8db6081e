import { actionSource } from './actions.ts';
import { deliverySource } from './deliveries.ts';
import { documentSource } from './documents.ts';
import { incidentSource } from './incidents.ts';
import { registerSource } from './registers.ts';
import type { LedgerSource } from './source.ts';
import { verdictSource } from './verdicts.ts';

/** Everything that the ledger follows; of two rows of the same moment the earlier source's comes first. */
export const ledgerSources: readonly LedgerSource[] = [
  registerSource,
  actionSource,
  verdictSource,
  incidentSource,
  deliverySource,
  documentSource,
];
