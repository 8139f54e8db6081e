import type { TObject } from 'typebox';
import type { Resource } from '../resource.ts';
import { availabilityResource } from './availability.ts';
import { backupDaysResource } from './backup-days.ts';
import { backupMonthsResource } from './backup-months.ts';
import { backupRunsResource } from './backup-runs.ts';
import { backupsResource } from './backups.ts';
import { bandwidthDaysResource, bandwidthMonthsResource } from './bandwidth.ts';
import { coverageResource } from './coverage.ts';
import { documentsResource } from './documents.ts';
import { incidentsResource } from './incidents.ts';
import { linkStatesResource } from './link-states.ts';
import { linksResource } from './links.ts';
import { nodesResource } from './nodes.ts';
import { obligationsResource } from './obligations.ts';
import { pathsResource } from './paths.ts';
import { perangkatDaerahResource } from './perangkat-daerah.ts';
import { restoreTestsResource } from './restore-tests.ts';
import { routersResource } from './routers.ts';
import { vaultsResource } from './vaults.ts';

/** Every list of the API; routes and the API's own description derive from it. */
export const resources: readonly Resource<TObject, object>[] = [
  perangkatDaerahResource,
  nodesResource,
  linksResource,
  routersResource,
  bandwidthDaysResource,
  bandwidthMonthsResource,
  availabilityResource,
  linkStatesResource,
  pathsResource,
  backupsResource,
  backupDaysResource,
  backupMonthsResource,
  backupRunsResource,
  restoreTestsResource,
  vaultsResource,
  obligationsResource,
  incidentsResource,
  coverageResource,
  documentsResource,
];
