import { describe, expect, it } from 'vitest';
import type { ReportBackup } from '../../shared/report-schema.ts';
import { type JudgingBench, judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import {
  arrival,
  backup,
  holding,
  restoreTest,
  type TestAgent,
  testAgent,
  vaultScan,
} from '../../test/kit/test-agent.ts';
import { datasetFacts } from './dataset-case.ts';
import type { DatasetSubjectFacts } from './rule.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const minuteMs = 60_000;
const iso = (minutesAgo: number) => new Date(startsAtMs - minutesAgo * minuteMs).toISOString();

const config = testConfig({
  intervalSeconds: 60,
  datasets: [{ id: 'simpus', proof: 'arrived', maxDuration: '2h', source: { kind: 'files', path: '/x/*' } }],
  vaults: [{ id: 'brankas', root: '/srv/vault', scanEvery: '1m' }],
  drcVaults: [{ id: 'jauh', root: '/srv/vault' }],
});

/** What rules see after these claims; what a reader says is added when there is any. */
async function factsAfter(
  claims: readonly Omit<ReportBackup, 'dataset' | 'source'>[],
  seen?: Parameters<TestAgent['report']>[1],
  later?: Parameters<TestAgent['report']>[1],
): Promise<DatasetSubjectFacts> {
  const agent = testAgent({ key: 1 });
  const reader = testAgent({ key: 2, pd: 'diskominfo', site: 'pusat-data', node: 'pembaca', roles: ['vault'] });
  const bench = await judgingBench({ config, agents: [agent, reader], startsAtMs });
  const named = (claim: (typeof claims)[number]) => ({ dataset: 'simpus', source: 'command', ...claim });
  await bench.send(agent, [agent.report(startsAtMs - minuteMs, { backups: claims.map(named) })]);
  if (later !== undefined) await bench.send(agent, [agent.report(startsAtMs, later)]);
  if (seen !== undefined) await bench.send(reader, [reader.report(startsAtMs, seen)]);
  return factsOf(bench);
}

function factsOf({ fleet, clock }: JudgingBench): DatasetSubjectFacts {
  const [dataset] = config.perangkatDaerah.find(({ id }) => id === 'dinkes')?.datasets ?? [];
  const view = { config, fleet, nowMs: clock.nowMs(), startedAtMs: 0 };
  return datasetFacts(view, 'dinkes', dataset, startsAtMs - 86_400_000);
}

const started = (runId: string | undefined, minutesAgo: number) => ({
  outcome: 'running' as const,
  ...(runId === undefined ? {} : { runId }),
  startedAt: iso(minutesAgo),
});
const ended = (outcome: 'ok' | 'failed', runId: string | undefined, minutesAgo: number) => ({
  outcome,
  ...(runId === undefined ? {} : { runId }),
  completedAt: iso(minutesAgo),
});

describe('a run that began', () => {
  it.each([
    ['nothing ended it', [started('a', 30)], true],
    ['its own end came', [started('a', 30), ended('ok', 'a', 10)], false],
    ['its own end came first, out of order', [ended('ok', 'a', 10), started('a', 30)], false],
    ['only another run ended well', [started('a', 30), ended('ok', 'b', 10)], true],
    ['a success that names no run came', [started('a', 30), ended('ok', undefined, 10)], false],
    ['any run failed', [started('a', 30), ended('failed', 'b', 10)], false],
    ['the end of an earlier run is all there is', [started('b', 30), ended('ok', undefined, 40)], true],
  ])('goes on or not, when %s', async (_name, claims, isRunning) => {
    const facts = await factsAfter(claims);

    expect(facts.running?.startedAtMs).toBe(isRunning ? startsAtMs - 30 * minuteMs : undefined);
  });
});

describe('the facts of a dataset', () => {
  it('tell of the last failed run with its code and last line', async () => {
    const failure = { ...ended('failed', 'a', 10), exitCode: 2, reason: 'exit code 2', lastLines: ['one', 'two'] };

    expect((await factsAfter([failure])).lastFailure).toMatchObject({
      atMs: startsAtMs - 10 * minuteMs,
      exitCode: 2,
      reason: 'exit code 2',
      lastLine: 'two',
    });
  });

  it('know that a plugin which finds the backup good again no longer complains, however old that backup is', async () => {
    const checked = { dataset: 'simpus', source: 'nagios' };
    const complaint = { ...checked, ...ended('failed', undefined, 30) };
    const good = { ...checked, ...ended('ok', undefined, 120) };

    expect((await factsAfter([complaint])).lastFailure?.atMs).toBe(startsAtMs - 30 * minuteMs);
    expect((await factsAfter([complaint], undefined, { backups: [good] })).lastFailure).toBeUndefined();
  });

  it('know whether a vault is read, silent or not there', async () => {
    const arrivals = [arrival(startsAtMs - minuteMs)];
    const scans = { vaultScans: [vaultScan(startsAtMs)], holdings: [holding()], arrivals };
    const states = async (seen?: Parameters<TestAgent['report']>[1]) => {
      const { pusatData, drc } = await factsAfter([], seen);
      return [pusatData.state, drc.state];
    };

    expect(await states()).toEqual(['silent', 'silent']);
    expect(await states(scans)).toEqual(['read', 'silent']);
    // Told how much there is, and not yet what.
    expect(await states({ ...scans, arrivals: [] })).toEqual(['silent', 'silent']);
    expect(await states({ ...scans, holdings: [holding({ kind: 'unreadable' })] })).toEqual(['silent', 'silent']);
    expect(await states({ ...scans, vaultScans: [vaultScan(startsAtMs, { outcome: 'failed' })] })).toEqual([
      'silent',
      'silent',
    ]);
    expect(await states({ ...scans, vaultScans: [vaultScan(startsAtMs - 20 * minuteMs)] })).toEqual([
      'silent',
      'silent',
    ]);
  });

  it('call a repository whole only when all of it was read again lately and nothing was damaged', async () => {
    const objectId = 'ab'.repeat(32);
    const snapshot = { outcome: 'ok' as const, objectId, completedAt: iso(60) };
    const inVault = arrival(startsAtMs - 50 * minuteMs, { kind: 'restic', objectName: objectId, objectId });
    const proofWith = async (integrity: { checkedCount: number; coveredSince?: string; damagedCount?: number }) => {
      const whole = { totalCount: 10, damagedCount: 0, damaged: [], ...integrity };
      const holdings = [holding({ kind: 'restic', integrity: whole })];
      const facts = await factsAfter([snapshot], {
        arrivals: [inVault],
        holdings,
        vaultScans: [vaultScan(startsAtMs)],
      });
      return facts.backups[0]?.proof;
    };

    expect(await proofWith({ checkedCount: 10, coveredSince: iso(60) })).toBe('intact');
    expect(await proofWith({ checkedCount: 9, coveredSince: iso(60) })).toBe('arrived');
    expect(await proofWith({ checkedCount: 10 })).toBe('arrived');
    expect(await proofWith({ checkedCount: 10, coveredSince: iso(60 * 24 * 60 + 59) })).toBe('intact');
    expect(await proofWith({ checkedCount: 10, coveredSince: iso(60 * 24 * 60 + 61) })).toBe('arrived');
    expect(await proofWith({ checkedCount: 10, coveredSince: iso(60), damagedCount: 1 })).toBe('arrived');
  });

  it('call a backup restorable after a restore test only while no damage is known where it lies', async () => {
    const completedAtMs = startsAtMs - 50 * minuteMs;
    const claim = backup(completedAtMs);
    const proofWith = async (damagedCount: number) => {
      const integrity = { checkedCount: 1, totalCount: 1, damagedCount, damaged: [], coveredSince: iso(40) };
      const seen = {
        arrivals: [arrival(completedAtMs + minuteMs, { objectName: claim.objectName ?? '' })],
        holdings: [holding({ integrity })],
        vaultScans: [vaultScan(startsAtMs)],
      };
      const facts = await factsAfter([claim], seen, { restoreTests: [restoreTest(startsAtMs - 5 * minuteMs)] });
      return facts.backups[0]?.proof;
    };

    expect(await proofWith(0)).toBe('restorable');
    expect(await proofWith(1)).not.toBe('restorable');
  });

  it('forget damage once the reader that counts it counts none', async () => {
    const seen = (damagedCount: number) => ({
      arrivals: [arrival(startsAtMs - minuteMs, { state: 'damaged' as const })],
      holdings: [holding({ integrity: { checkedCount: 1, totalCount: 1, damagedCount, damaged: [] } })],
      vaultScans: [vaultScan(startsAtMs)],
    });

    expect((await factsAfter([], seen(1))).pusatData.damaged?.count).toBe(1);
    expect((await factsAfter([], seen(0))).pusatData.damaged).toBeUndefined();
  });

  it('tell the distance to the DRC and how far a clock is off', async () => {
    const agent = testAgent({ key: 1 });
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs, { backups: [backup(startsAtMs - minuteMs)] })]);
    const facts = factsOf(bench);

    expect(facts.drcDistanceKilometres).toBeCloseTo(50, 0);
    expect(facts.clockErrorSeconds).toBeCloseTo(0);
    expect(facts.dataset).toMatchObject({ demandedProof: 'arrived', maxRunSeconds: 7200, isClaimless: false });
  });
});
