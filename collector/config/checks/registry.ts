import type { KnownNames } from '../known-names.ts';
import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';
import { areasCheck } from './areas.ts';
import { backupsCheck } from './backups.ts';
import { channelsCheck } from './channels.ts';
import { heartbeatsCheck } from './heartbeats.ts';
import { limitsCheck } from './limits.ts';
import { listenCheck } from './listen.ts';
import { maintenanceCheck } from './maintenance.ts';
import { namesCheck } from './names.ts';
import { networksCheck } from './networks.ts';
import { paramsCheck } from './params.ts';
import { probeTargetsCheck } from './probe-targets.ts';
import { remoteWriteCheck } from './remote-write.ts';
import { reportsCheck } from './reports.ts';
import { timesCheck } from './times.ts';
import { uniqueIdsCheck } from './unique-ids.ts';
import { websitesCheck } from './websites.ts';

/** What a configuration of the right shape can still have wrong; each check is about one concern. */
export type ConfigCheck = (config: PantauConfig, known: KnownNames) => ConfigProblem[];

export const configChecks: readonly ConfigCheck[] = [
  uniqueIdsCheck,
  areasCheck,
  namesCheck,
  paramsCheck,
  timesCheck,
  networksCheck,
  listenCheck,
  limitsCheck,
  channelsCheck,
  heartbeatsCheck,
  backupsCheck,
  maintenanceCheck,
  probeTargetsCheck,
  remoteWriteCheck,
  reportsCheck,
  websitesCheck,
];
