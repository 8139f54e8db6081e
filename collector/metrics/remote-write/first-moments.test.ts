import { expect, it, onTestFinished } from 'vitest';
import { configText } from '../../../test/kit/config-text.ts';
import { remoteWritePeer } from '../../../test/kit/remote-write-peer.ts';
import { enrolAll } from '../../../test/kit/store-file.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { systemClock, systemRandom } from '../../../shared/clock.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { assemble } from '../../assemble.ts';
import { knownNames } from '../../cli/known-names.ts';
import { parseConfig } from '../../config/load-config.ts';
import { databaseIn } from '../../data-folder.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';

it('gives a new receiver what comes between the start of intake and its own', async () => {
  const [agent, peer, dataFolder] = [testAgent(), await remoteWritePeer(), temporaryFolder()];
  const nowMs = systemClock.nowMs();
  const before = openSqliteStore(databaseIn(dataFolder));
  await enrolAll(before, [agent], nowMs);
  await before.close();
  const text = configText({ remoteWrite: [{ id: 'prometheus', url: peer.url }] });
  const config = parseConfig(text, 'pantau.yaml', knownNames);
  const collector = await assemble({
    config,
    dataFolder,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  });
  onTestFinished(async () => {
    await collector.remoteWrite.stop();
    await collector.intake.close();
    collector.own.stop();
    await collector.store.close();
  });
  const report = agent.report(nowMs, { cpu: { count: 1, busyRatio: 0.5 } });
  const body = Buffer.from(JSON.stringify(agent.envelope([report], nowMs)));
  const signature = agent.sign(body)['x-pantau-signature'];

  await collector.intake.accept({ agent: agent.id, signature, encoding: 'identity', body });
  collector.remoteWrite.start();

  const busy = await waitUntil('its report', () =>
    peer.samples().find(({ series }) => series.startsWith('pantau_node_cpu_busy_ratio{')),
  );
  expect(busy).toMatchObject({ atMs: nowMs, value: 0.5 });
});
