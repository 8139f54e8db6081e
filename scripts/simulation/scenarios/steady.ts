import { reportInRounds } from '../report-rounds.ts';
import type { Scenario } from '../scenario.ts';
import { createTypicalRounds } from '../typical-rounds.ts';

export const steady: Scenario = {
  name: 'steady',
  docs: 'every agent reports once in each interval, spread evenly; backups succeed every night',
  intervalSeconds: 60,
  durationSeconds: undefined,
  run: (world) => reportInRounds(world, createTypicalRounds()),
};
