import type { Resource } from '../resource.ts';
import { backupsResource } from './backups.ts';
import { incidentsResource } from './incidents.ts';
import { linksResource } from './links.ts';
import { nodesResource } from './nodes.ts';
import { obligationsResource } from './obligations.ts';
import { perangkatDaerahResource } from './perangkat-daerah.ts';

/** Every list of the API; routes and the API's own description derive from it. */
export const resources: readonly Resource[] = [
  perangkatDaerahResource,
  nodesResource,
  linksResource,
  backupsResource,
  obligationsResource,
  incidentsResource,
];
