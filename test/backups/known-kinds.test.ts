import { expect, it } from 'vitest';
import { drills } from '../../agent/backups/drills/registry.ts';
import { backupSources } from '../../agent/backups/registry.ts';
import { drillSettings, sourceSettings } from '../../shared/backup-settings/registry.ts';

it('the collector checks the settings of every source that an agent knows, by the schema of the agent', async () => {
  const ofAgents = await Promise.all(backupSources.map(async ({ kind, config }) => [kind, await config()] as const));

  expect(sourceSettings).toEqual(Object.fromEntries(ofAgents));
});

it('the collector checks the settings of every restore test that an agent knows, by the schema of the agent', async () => {
  const ofAgents = await Promise.all(drills.map(async ({ kind, config }) => [kind, await config()] as const));

  expect(drillSettings).toEqual(Object.fromEntries(ofAgents));
});
