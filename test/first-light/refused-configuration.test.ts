import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { configText } from '../kit/config-text.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

it('shows in its metrics that a configuration was refused, and that the next one was taken', async () => {
  const collector = await startCollectorProcess({
    dataFolder: join(temporaryFolder(), 'collector'),
    configText: configText(),
  });
  onTestFinished(async () => void (await collector.stop()));
  const { configPath, pid, url } = collector;
  const success = async () =>
    /^pantau_config_last_reload_success (\d)$/m.exec(
      await (await fetch(`${url}/metrics?collect[]=collector`)).text(),
    )?.[1];
  const good = readFileSync(configPath, 'utf8');
  expect(await success()).toBe('1');

  writeFileSync(configPath, `${good}\nnotAField: 1\n`);
  process.kill(pid, 'SIGHUP');
  await waitUntil('the refusal to be told', async () => (await success()) === '0');
  writeFileSync(configPath, good);
  process.kill(pid, 'SIGHUP');
  await waitUntil('the good one to be taken', async () => (await success()) === '1');
}, 60_000);
