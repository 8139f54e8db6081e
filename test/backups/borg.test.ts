import { describe } from 'vitest';
import { borgTool } from '../kit/backup-tools.ts';
import { needs } from '../requirements.ts';
import { backupScenarios } from './scenarios.ts';

const needed = needs({ linux: true, tools: ['borg', 'rsync', 'faketime'] });

describe.skipIf(!needed.ok)(`backups with borg ${needed.reason}`, () => {
  backupScenarios(borgTool);
});
