import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCollector } from '../../collector/collector.ts';
import { databaseIn } from '../../collector/data-folder.ts';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { systemRandom } from '../../shared/clock.ts';
import { createLogger } from '../../shared/logger.ts';
import { reportsPath } from '../../shared/wire.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { testConfig } from '../kit/judging-bench.ts';
import { remoteWritePeer } from '../kit/remote-write-peer.ts';
import { enrolAll } from '../kit/store-file.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { testAgent } from '../kit/test-agent.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';

const needed = needs({ root: true, linux: true, tools: ['mount', 'umount'] });
const minuteMs = 60_000;

/** A disk of its own with four megabytes. */
function smallDisk(): string {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

/** Takes every byte that is left, until the file is removed. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096, 1));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  } finally {
    closeSync(file);
  }
}

describe.skipIf(!needed.ok)(`remote write whose disk is full ${needed.reason}`, () => {
  it('delivers what is kept, loses no report and doubles none, and takes snapshots again when there is room', async () => {
    const [agent, peer, dataFolder, clock] = [testAgent(), await remoteWritePeer(), smallDisk(), fakeClock()];
    const startsAtMs = clock.nowMs();
    const before = openSqliteStore(databaseIn(dataFolder));
    await enrolAll(before, [agent], startsAtMs);
    await before.close();
    const lines: string[] = [];
    const collector = await startCollector({
      config: testConfig({ intervalSeconds: 60, remoteWrite: [{ id: 'prometheus', url: peer.url }] }),
      dataFolder,
      clock,
      random: systemRandom,
      logger: createLogger(
        (line) => void lines.push(line),
        () => clock.nowMs(),
      ),
    });
    onTestFinished(() => collector.stop());
    const post = async (minute: number) => {
      const report = agent.report(startsAtMs + minute * minuteMs, { seq: minute + 1, cpu: { count: 1, busyRatio: 0 } });
      const body = Buffer.from(JSON.stringify(agent.envelope([report], clock.nowMs())));
      return (await fetch(collector.url + reportsPath, { method: 'POST', headers: agent.sign(body), body })).status;
    };
    const times = (name: string) =>
      peer
        .samples()
        .filter(({ series, value }) => series.startsWith(name) && value !== 'stale')
        .map(({ atMs }) => (atMs - startsAtMs) / minuteMs);
    const ofReports = () => times('pantau_node_cpu_busy_ratio{');
    const ofSnapshots = () => times('pantau_collector_info{');
    await waitUntil('a snapshot', () => ofSnapshots().length === 1);
    peer.answer = () => ({ status: 503 });
    for (const minute of [0, 1, 2]) {
      expect(await post(minute)).toBe(200);
      clock.advanceMs(minuteMs);
    }

    fill(join(dataFolder, 'ballast'));
    clock.advanceMs(minuteMs);
    await waitUntil('a snapshot lost', () => lines.some((line) => line.includes('a snapshot cannot be queued')));
    peer.answer = () => undefined;

    await waitUntil('what is kept', () => ofReports().length === 3);
    const lost = startsAtMs + 4 * minuteMs;
    expect(clock.nowMs()).toBe(lost);

    rmSync(join(dataFolder, 'ballast'));
    clock.advanceMs(minuteMs);
    await waitUntil('a later snapshot', () => ofSnapshots().includes(5));
    expect(await post(5)).toBe(200);
    await waitUntil('a later report', () => ofReports().length === 4);
    expect(ofReports()).toEqual([0, 1, 2, 5]);
    expect(ofSnapshots()).not.toContain(4);
    expect(lines.filter((line) => line.includes('a snapshot cannot be queued'))).toHaveLength(1);
    const { lastKey } = await collector.view().store.remoteWrite.bounds();
    const { remoteWrite } = collector.view().store;
    await waitUntil('a mark', async () => (await remoteWrite.mark('prometheus')) === lastKey);
  });
});
