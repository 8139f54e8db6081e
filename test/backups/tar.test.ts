import { describe } from 'vitest';
import { tarTool } from '../kit/backup-tools.ts';
import { needs } from '../requirements.ts';
import { backupScenarios } from './scenarios.ts';

const needed = needs({ linux: true, tools: ['tar', 'rsync', 'faketime'] });

describe.skipIf(!needed.ok)(`backups with tar ${needed.reason}`, () => {
  backupScenarios(tarTool);
});
