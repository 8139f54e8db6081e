import { describe, expect, it } from 'vitest';
import { type JudgingBench, judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { arrival, backup, holding, type TestAgent, testAgent, vaultScan } from '../../test/kit/test-agent.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** A Sunday, 02.00 WIB: an hour after the due time. */
const startsAtMs = Date.parse('2026-11-21T19:00:00Z');
const simpus = {
  id: 'simpus',
  schedule: '0 1 * * *',
  grace: '6h',
  proof: 'arrived',
  source: { kind: 'files', path: '/x/*' },
};
const config = testConfig({
  intervalSeconds: 60,
  datasets: [simpus],
  notify: [{ id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook' }],
  vaults: [{ id: 'brankas', root: '/srv/vault', scanEvery: '1m' }],
});

interface Pair {
  bench: JudgingBench;
  agent: TestAgent;
  reader: TestAgent;
  /** What the reader says now. */
  see(patch: Parameters<TestAgent['report']>[1]): Promise<void>;
  claim(...backups: ReturnType<typeof backup>[]): Promise<void>;
  /** Both go on reporting, with nothing new. */
  pass(durationMs: number): Promise<void>;
}

async function pair(): Promise<Pair> {
  const agent = testAgent({ key: 1 });
  const reader = testAgent({ key: 2, pd: 'diskominfo', site: 'pusat-data', node: 'brankas-1', roles: ['vault'] });
  const bench = await judgingBench({ config, agents: [agent, reader], startsAtMs });
  const see: Pair['see'] = async (patch) => {
    const nowMs = bench.clock.nowMs();
    await bench.send(reader, [reader.report(nowMs, { vaultScans: [vaultScan(nowMs)], ...patch })]);
  };
  const claim: Pair['claim'] = async (...backups) =>
    void (await bench.send(agent, [agent.report(bench.clock.nowMs(), backups.length === 0 ? {} : { backups })]));
  const pass = async (durationMs: number) => {
    for (let passedMs = 0; passedMs < durationMs; passedMs += minuteMs) {
      await bench.pass(minuteMs);
      await claim();
      await see({});
    }
  };
  await claim();
  await see({ holdings: [holding({ kind: 'empty', copyCount: 0, fileCount: 0, sizeBytes: 0 })] });
  return { bench, agent, reader, see, claim, pass };
}

const name = 'simpus.tar';

describe('claims and arrivals', () => {
  it('make a backup count only together', async () => {
    const { bench, see, claim } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name }));
    expect(bench.verdict('dinkes/simpus')).toBe('no-evidence awaiting-arrival');
    await see({ arrivals: [arrival(startsAtMs - 5 * minuteMs, { objectName: name })], holdings: [holding()] });

    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-arrived');
    expect(bench.notices()).toEqual([]);
  });

  it('open one alert when a backup that was claimed does not arrive by its deadline, and end it when it does', async () => {
    const { bench, see, claim, pass } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name }));
    await see({ arrivals: [arrival(startsAtMs - 15 * minuteMs, { objectName: name })], holdings: [holding()] });
    await bench.pass(24 * hourMs, 10 * minuteMs);
    const nextAtMs = bench.clock.nowMs() - 10 * minuteMs;
    await claim(backup(nextAtMs, { objectName: 'next.tar' }));
    await see({});
    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-arrived');
    await pass(5 * hourMs + minuteMs);
    expect(bench.verdict('dinkes/simpus')).toBe('breached not-arrived');
    await see({ arrivals: [arrival(bench.clock.nowMs(), { objectName: 'next.tar' })] });

    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-arrived-late');
    expect(bench.notices()).toEqual(['kait opened simpus not-arrived', 'kait resolved simpus not-arrived']);
  });

  it('open an alert at once when what arrived is cut off', async () => {
    const { bench, see, claim } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name }));
    await see({ arrivals: [arrival(startsAtMs, { objectName: name, sizeBytes: 1000 })], holdings: [holding()] });

    expect(bench.verdict('dinkes/simpus')).toBe('breached arrival-truncated');
    expect(bench.notices()).toEqual(['kait opened simpus arrival-truncated']);
  });

  it('say nothing while nobody reads the vault, and stand by an earlier breach', async () => {
    const { bench, claim } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name }));
    for (let minute = 0; minute < 10; minute += 1) {
      await bench.pass(minuteMs);
      await claim();
    }

    expect(bench.verdict('dinkes/simpus')).toBe('no-evidence vault-not-read');
    expect(bench.notices()).toEqual([]);
  });

  it('are not heard of a vault from an agent that is no reader', async () => {
    const { bench, agent, claim } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name }));
    const arrivals = [arrival(startsAtMs - 5 * minuteMs, { objectName: name })];
    await bench.send(agent, [agent.report(startsAtMs, { arrivals, holdings: [holding()] })]);

    expect(bench.verdict('dinkes/simpus')).toBe('no-evidence awaiting-arrival');
  });

  it('mean the same after a restart', async () => {
    const { bench, see, claim, pass } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name }));
    await see({ arrivals: [arrival(startsAtMs - 5 * minuteMs, { objectName: name })], holdings: [holding()] });
    await bench.restart();

    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-arrived');
    const gone = { objectName: name, state: 'gone' as const, reason: 'vanished' };
    await see({ arrivals: [arrival(startsAtMs - 5 * minuteMs, gone)] });
    // It may turn up under another name.
    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-out-of-sight');
    await pass(16 * minuteMs);
    expect(bench.verdict('dinkes/simpus')).toBe('breached arrival-gone');
  });

  it('count as they did while a file of a fixed name is replaced each night', async () => {
    const { bench, see, claim } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name }));
    const old = arrival(startsAtMs - 15 * minuteMs, { objectName: name });
    await see({ arrivals: [old], holdings: [holding()] });
    await bench.pass(24 * hourMs, 10 * minuteMs);
    await see({ arrivals: [{ ...old, state: 'gone', reason: 'replaced' }] });
    await claim(backup(bench.clock.nowMs() - 5 * minuteMs, { objectName: name }));

    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-arrived');
    expect(bench.notices()).toEqual([]);
  });

  it('tell each night anew of a job that fails, although an odd backup came between', async () => {
    const { bench, see, claim } = await pair();
    const failed = (night: number) => ({
      dataset: 'simpus',
      source: 'command',
      outcome: 'failed' as const,
      runId: `run-${night}`,
      completedAt: new Date(bench.clock.nowMs() - minuteMs).toISOString(),
    });
    const partial = async (objectName: string) => {
      const madeAtMs = bench.clock.nowMs() - 10 * minuteMs;
      await claim(backup(madeAtMs, { objectName, outcome: 'warning', exitCode: 3 }));
      await see({ arrivals: [arrival(madeAtMs + minuteMs, { objectName })], holdings: [holding()] });
    };
    await partial('one.tar');
    for (const night of [1, 2]) {
      bench.clock.advanceMs(hourMs);
      await claim(failed(night));
      bench.clock.advanceMs(hourMs);
      await partial(`after-${night}.tar`);
    }

    expect(bench.notices().filter((line) => line.includes('job-failed'))).toEqual([
      'kait changed simpus job-failed',
      'kait changed simpus job-failed',
    ]);
  });

  it('ask for nothing while nothing changes', async () => {
    const { bench, claim } = await pair();
    await claim({
      dataset: 'simpus',
      source: 'command',
      outcome: 'failed',
      runId: 'a',
      completedAt: new Date(startsAtMs - minuteMs).toISOString(),
    });
    await bench.pass(30 * hourMs, 10 * minuteMs);
    let lookCount = 0;
    const { takeDueDeadlines } = bench.store;
    bench.store.takeDueDeadlines = (...args) => {
      lookCount += 1;
      return takeDueDeadlines(...args);
    };
    await bench.pass(10 * minuteMs, 1000);

    expect(lookCount).toBeLessThan(40);
  });

  it('tell of damage that a reader finds, once', async () => {
    const { bench, see, claim } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name }));
    const integrity = { checkedCount: 5, totalCount: 5, damagedCount: 1, damaged: ['data/ab/abcd'] };
    await see({
      arrivals: [arrival(startsAtMs - 5 * minuteMs, { objectName: name })],
      holdings: [holding({ integrity })],
    });
    await see({ holdings: [holding({ integrity })] });

    expect(bench.verdict('dinkes/simpus')).toBe('breached damaged-in-vault');
    expect(bench.notices()).toEqual(['kait opened simpus damaged-in-vault']);
  });

  it('warn of a partial success, and alert again when the backup then stays away', async () => {
    const { bench, see, claim, pass } = await pair();
    await claim(backup(startsAtMs - 20 * minuteMs, { objectName: name, outcome: 'warning', exitCode: 3 }));
    await see({ arrivals: [arrival(startsAtMs - 15 * minuteMs, { objectName: name })], holdings: [holding()] });
    expect(bench.verdict('dinkes/simpus')).toBe('breached partial-success');
    await bench.pass(28 * hourMs, 10 * minuteMs);
    await claim();
    await see({});
    await pass(hourMs + 5 * minuteMs);

    expect(bench.verdict('dinkes/simpus')).toBe('breached backup-overdue');
    expect(bench.notices().toSorted()).toEqual([
      'kait changed simpus backup-overdue',
      'kait opened simpus partial-success',
    ]);
  });
});
