import { afterAll, describe } from 'vitest';
import { clusterNeeds, createCluster } from '../../agent/backups/pgbackrest/cluster.test-kit.ts';
import { pgDumpTool } from '../kit/backup-tools.ts';
import { needs } from '../requirements.ts';
import { backupScenarios } from './scenarios.ts';

const needed = needs({ root: true, linux: true, tools: ['pg_dump', 'rsync', 'faketime'] });
const isPossible = needed.ok && clusterNeeds.ok;

describe.skipIf(!isPossible)(`backups with pg_dump ${needed.reason}`, () => {
  if (!isPossible) return;
  const cluster = createCluster();
  afterAll(() => cluster.remove());
  backupScenarios(pgDumpTool(cluster));
});
