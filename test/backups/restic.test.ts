import { describe } from 'vitest';
import { resticTool } from '../kit/backup-tools.ts';
import { needs } from '../requirements.ts';
import { backupScenarios } from './scenarios.ts';

const needed = needs({ linux: true, tools: ['restic', 'rsync', 'faketime'] });

describe.skipIf(!needed.ok)(`backups with restic ${needed.reason}`, () => {
  backupScenarios(resticTool);
});
