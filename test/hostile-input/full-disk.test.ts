import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCollector } from '../../collector/collector.ts';
import { hashSecret, newSecret } from '../../collector/intake/enrolment.ts';
import { systemClock, systemRandom } from '../../shared/clock.ts';
import { createLogger } from '../../shared/logger.ts';
import { exportPublicKey } from '../../shared/signing.ts';
import { reportsPath } from '../../shared/wire.ts';
import { testConfig } from '../kit/judging-bench.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { backup, probe, testAgent } from '../kit/test-agent.ts';
import { needs } from '../requirements.ts';

const needed = needs({ root: true, linux: true, tools: ['mount', 'umount'] });

/** A disk of its own with two megabytes. */
function smallDisk(): string {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

describe.skipIf(!needed.ok)(`a collector whose disk is full ${needed.reason}`, () => {
  it('acknowledges nothing that it cannot keep, says when to come again, and goes on when there is room', async () => {
    const dataFolder = smallDisk();
    const agent = testAgent({ bootedAtMs: Date.now() - 86_400_000 });
    const lines: string[] = [];
    const collector = await startCollector({
      config: testConfig({
        intervalSeconds: 60,
        datasets: [{ id: 'simpus', schedule: '0 1 * * *', source: { kind: 'files', path: '/x' } }],
      }),
      dataFolder,
      clock: systemClock,
      random: systemRandom,
      logger: createLogger(
        (line) => void lines.push(line),
        () => systemClock.nowMs(),
      ),
    });
    onTestFinished(() => collector.stop());
    const { store, fleet } = collector.view();
    const secret = newSecret();
    const times = { createdAtMs: Date.now(), expiresAtMs: Date.now() + 60_000 };
    await store.addToken({ secretHash: hashSecret(secret), pd: 'dinkes', site: 'kantor', roles: [], ...times });
    const row = { id: agent.id, node: 'server-1', publicKey: exportPublicKey(agent.keys.publicKey) };
    const enrolled = await store.enrol(hashSecret(secret), row, Date.now());
    if (enrolled.outcome === 'enrolled') fleet.addAgent(enrolled.agent);

    let seq = 0;
    const post = async () => {
      seq += 1;
      const claims = [backup(Date.now() - 1000 * seq, { objectName: `dump-${seq}` })];
      // Random text, so that a few reports fill the disk.
      const failures = Array.from({ length: 60 }, () => ({ of: 'x', reason: newSecret() + newSecret() + newSecret() }));
      const report = agent.report(Date.now(), { seq, probes: [probe('up')], backups: claims, failures });
      const body = Buffer.from(JSON.stringify(agent.envelope([report], Date.now())));
      const answer = await fetch(collector.url + reportsPath, { method: 'POST', headers: agent.sign(body), body });
      const text = await answer.text();
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text, seq };
    };

    const acknowledged: number[] = [];
    let refused: Awaited<ReturnType<typeof post>> | undefined;
    for (let count = 0; count < 2000 && refused === undefined; count += 1) {
      const answer = await post();
      if (answer.status === 200) acknowledged.push(answer.seq);
      else refused = answer;
    }

    expect(acknowledged.length).toBeGreaterThan(10);
    expect(refused).toMatchObject({ status: 503, retryAfter: '30' });
    expect(JSON.parse(refused?.text ?? '')).toMatchObject({
      type: 'urn:pantau:problem:store-unavailable',
      status: 503,
    });
    expect(fleet.agent(agent.id)?.present?.report.seq).toBe(acknowledged.at(-1));
    expect(fleet.dataset('dinkes/simpus')?.successes[0]?.objectName).not.toBe(`dump-${refused?.seq}`);
    expect((await store.latestReports()).map((report) => report.seq)).toEqual([acknowledged.at(-1)]);
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${collector.url}/metrics`)).status).toBe(200);
    // Until there is not even room for a small change.
    await waitUntil('not ready', async () => (await fetch(`${collector.url}/readyz`)).status === 503);
    expect(lines.join('')).toContain('reports could not be written');

    execFileSync('mount', ['-o', 'remount,size=16m', dataFolder]);
    seq = (refused?.seq ?? 0) - 1;
    const again = await post();
    expect([again.status, JSON.parse(again.text)]).toMatchObject([200, { acked: again.seq, acceptedCount: 1 }]);
    // The answer is kept for a second, so that asking costs little.
    await waitUntil('ready again', async () => (await fetch(`${collector.url}/readyz`)).status === 200);
    // Every report that was acknowledged is known as a repeat: it is there, once.
    seq = 0;
    for (const known of acknowledged.slice(0, 30)) {
      seq = known - 1;
      expect(JSON.parse((await post()).text)).toMatchObject({ acceptedCount: 0, duplicateCount: 1 });
    }
  });

  it('says in one sentence that it cannot start', async () => {
    const dataFolder = smallDisk();
    writeFileSync(join(dataFolder, 'ballast'), Buffer.alloc(2 * 1024 * 1024 - 16_384));
    const options = {
      config: testConfig(),
      clock: systemClock,
      random: systemRandom,
      logger: createLogger(() => {}, Date.now),
    };

    await expect(startCollector({ ...options, dataFolder })).rejects.toMatchObject({
      name: 'AppError',
      code: 'store-unusable',
      message: expect.stringMatching(/^The database \S+pantau\.db cannot be opened \(.+\); .*its disk has room.*\.$/),
    });
    rmSync(join(dataFolder, 'ballast'));
    const collector = await startCollector({ ...options, dataFolder });
    expect((await fetch(`${collector.url}/readyz`)).status).toBe(200);
    await collector.stop();
  });
});
