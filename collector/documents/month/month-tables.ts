import { availabilityTable } from './tables/availability.ts';
import { backupsTable, restoreTestsTable } from './tables/backups.ts';
import { bandwidthTable } from './tables/bandwidth.ts';
import { incidentsTable } from './tables/incidents.ts';
import { nodesTable, pathsTable } from './tables/paths.ts';
import type { TableKind } from './tables/table.ts';
import { verdictsTable } from './tables/verdicts.ts';

/** The tables that hold the figures themselves; the others count or choose from these. */
export const monthTables: readonly TableKind[] = [
  availabilityTable,
  backupsTable,
  restoreTestsTable,
  bandwidthTable,
  pathsTable,
  nodesTable,
  verdictsTable,
  incidentsTable,
];
