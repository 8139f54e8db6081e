import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { silentLogger } from '../../shared/logger.ts';
import { EnvelopeSchema } from '../../shared/report-schema.ts';
import { createKeyPair } from '../../shared/signing.ts';
import { signConfig, someConfig } from '../config/agent-config.test-kit.ts';
import { createIdentity } from '../uplink/peer.test-kit.ts';
import { lockDataFolder, runningAgent } from './agent-lock.ts';
import { noEvidence } from './backup-rounds.ts';
import { hostWithoutSensor } from './boot.ts';
import { buildReport, type ReportInput } from './build-report.ts';
import { ConfigUpdater } from './config-updater.ts';
import { InventoryKeeper } from './inventory-keeper.ts';
import { LateRound } from './late-round.ts';
import { phaseSecondsOf } from './phase.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loop-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const input: ReportInput = {
  session: 'abcdefghijkl',
  seq: 3,
  takenAtMs: Date.UTC(2026, 10, 22, 3, 4, 5, 6),
  intervalSeconds: 60,
  part: {},
  host: hostWithoutSensor(undefined, Date.UTC(2026, 10, 22), 3600),
  probes: [],
  evidence: noEvidence,
  failures: [],
  spool: { queuedCount: 1, droppedCount: 2 },
};
const fitsSchema = (report: unknown) =>
  Value.Check(EnvelopeSchema, {
    schema: 'pantau.report/1',
    agent: 'a'.repeat(16),
    sentAt: '2026-11-22T00:00:00Z',
    bootId: '00000000',
    uptimeSeconds: 1,
    reports: [report],
  });

describe('report', () => {
  it('leaves out what was not measured and still says when, who and since when the machine runs', () => {
    const report = buildReport(input);

    expect(report).toEqual({
      session: 'abcdefghijkl',
      seq: 3,
      takenAt: '2026-11-22T03:04:05.006Z',
      intervalSeconds: 60,
      host: {
        bootId: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
        bootedAt: '2026-11-21T23:00:00.000Z',
        uptimeSeconds: 3600,
      },
      spool: { queuedCount: 1, droppedCount: 2 },
    });
    expect(fitsSchema(report)).toBe(true);
  });

  it('stays within the schema however much the parts bring', () => {
    const filesystem = { mount: '/', device: 'd', type: 't', sizeBytes: 1, availableBytes: 1 };
    const probe = {
      name: 'n',
      kind: 'icmp',
      layer: 'lan',
      target: 't',
      state: 'up',
      sentCount: 1,
      receivedCount: 1,
    } as const;
    const report = buildReport({
      ...input,
      part: {
        filesystems: Array.from({ length: 300 }, () => filesystem),
        interfaces: Array.from({ length: 300 }, () => ({ name: 'e', up: true, receiveBytes: 1, transmitBytes: 1 })),
      },
      probes: Array.from({ length: 2000 }, () => probe),
      evidence: {
        ...noEvidence,
        backups: Array.from({ length: 200 }, () => ({ dataset: 'd', source: 'files', outcome: 'ok' as const })),
      },
      failures: Array.from({ length: 100 }, () => ({ of: '', reason: `line\n${'x'.repeat(999)}` })),
    });

    expect(fitsSchema(report)).toBe(true);
    expect(report.failures?.[0]?.of).toBe('agent');
  });
});

describe('boot without its sensor', () => {
  it('keeps the boot id that was known', () => {
    const known = { bootId: '12345678', bootedAt: '2026-11-22T00:00:00.000Z', uptimeSeconds: 5 };
    expect(hostWithoutSensor(known, 1e12, 99)).toEqual({ ...known, uptimeSeconds: 99 });
  });

  it('makes the same id again a little later', () => {
    const atMs = Date.UTC(2026, 10, 22, 1, 2, 30);
    const first = hostWithoutSensor(undefined, atMs, 1000);
    expect(hostWithoutSensor(undefined, atMs + 60_000, 1060).bootId).toBe(first.bootId);
  });
});

describe('phase', () => {
  it('is steady for one agent and spreads a fleet over the interval', () => {
    const counts = Array.from({ length: 60 }, () => 0);
    for (let agent = 0; agent < 6000; agent++) {
      const second = phaseSecondsOf(`agent${agent}`, 60);
      counts[second] = (counts[second] ?? 0) + 1;
    }
    expect(phaseSecondsOf('agent7', 60)).toBe(phaseSecondsOf('agent7', 60));
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts)).toBeLessThan(200);
  });
});

describe('work that outlasts a report', () => {
  it('comes with a later one and is never done twice at a time', async () => {
    const round = new LateRound<string>();
    let finish: (results: string[]) => void = () => {};
    let startCount = 0;
    const run = () => {
      startCount++;
      return new Promise<string[]>((resolve) => (finish = resolve));
    };

    expect(await round.take(run, { waitMs: 5, maxCount: 9 })).toEqual([]);
    expect(await round.take(run, { waitMs: 5, maxCount: 9 })).toEqual([]);
    expect(startCount).toBe(1);
    finish(['a', 'b', 'c']);
    expect(await round.take(run, { waitMs: 1000, maxCount: 2 })).toEqual(['a', 'b']);
    expect(await round.take(run, { waitMs: 5, maxCount: 2 })).toEqual(['c']);
    expect(startCount).toBe(2);
  });
});

describe('inventory', () => {
  const inventory = {
    takenAt: '2026-11-22T00:00:00Z',
    system: {},
    os: {},
    cpu: {},
    disks: [],
    interfaces: [],
    listening: [],
  };
  function keeper(take: () => Promise<typeof inventory>) {
    const time = { nowMs: 0 };
    const clock = { monotonicMs: () => time.nowMs };
    return { time, keeper: new InventoryKeeper({ take, clock, random: () => 0.5, logger: silentLogger }) };
  }

  it('is taken at a random moment of the first minute and then daily, once each', async () => {
    let count = 0;
    const { time, keeper: kept } = keeper(async () => {
      count++;
      return inventory;
    });
    const lookAt = async (nowMs: number) => {
      time.nowMs = nowMs;
      await kept.look(false);
      await Promise.resolve();
      return count;
    };

    expect(await lookAt(29_999)).toBe(0);
    expect(await lookAt(30_000)).toBe(1);
    expect(kept.collect().inventory).toEqual(inventory);
    expect(kept.collect().inventory).toBeUndefined();
    expect(await lookAt(86_000_000)).toBe(1);
    expect(await lookAt(30_000 + 86_400_000)).toBe(2);
  });

  it('is tried again in an hour when it fails, and the report says why', async () => {
    const { keeper: kept } = keeper(() => Promise.reject(new Error('no dmidecode')));
    await kept.look(true);

    expect(kept.collect()).toEqual({ inventory: undefined, failures: [{ of: 'inventory', reason: 'no dmidecode' }] });
    expect(kept.collect().failures).toEqual([]);
  });
});

describe('configuration updates', () => {
  const collector = createKeyPair();
  const identity = { ...createIdentity('http://127.0.0.1:1'), collectorPublicKey: collector.publicKey };
  const signed = signConfig(someConfig(identity.agent, { intervalSeconds: 30 }), collector.privateKey);
  function updater(more: { fetch?: () => Promise<typeof signed>; problem?: string }) {
    const applied: string[] = [];
    const calls = { fetch: 0 };
    const time = { nowMs: 0 };
    const made = new ConfigUpdater(
      {
        identity,
        dataFolder: folder,
        client: {
          fetchConfiguration: () => {
            calls.fetch++;
            return more.fetch?.() ?? Promise.resolve(signed);
          },
        },
        clock: { monotonicMs: () => time.nowMs },
        logger: silentLogger,
        apply: ({ version }) => void applied.push(version),
        check: () => Promise.resolve(more.problem),
      },
      'aaaaaaaaaaaa',
    );
    return { made, applied, calls, time };
  }

  it('use a new version once it is checked, and keep it on disk', async () => {
    const { made, applied, calls } = updater({});
    await made.follow('aaaaaaaaaaaa');
    expect(calls.fetch).toBe(0);
    await made.follow(signed.version);
    await made.follow(signed.version);

    expect(applied).toEqual([signed.version]);
    expect(calls.fetch).toBe(1);
    expect(JSON.parse(readFileSync(join(folder, 'configuration.json'), 'utf8'))).toEqual(signed);
  });

  it('keep the old one when the check finds something, say why, and do not ask again for that version', async () => {
    const { made, applied, calls } = updater({ problem: '/probes/0/kind: "magic" is unknown' });
    await made.follow(signed.version);
    await made.follow(signed.version);

    expect(applied).toEqual([]);
    expect(calls.fetch).toBe(1);
    expect(made.problem).toEqual({
      of: 'configuration',
      reason: `version ${signed.version} is not used: /probes/0/kind: "magic" is unknown`,
    });
    expect(existsSync(join(folder, 'configuration.json'))).toBe(false);
    await made.follow('aaaaaaaaaaaa');
    expect(made.problem).toBeUndefined();
  });

  it('refuse what somebody else signed, and ask again a minute later', async () => {
    const forged = signConfig(someConfig(identity.agent), createKeyPair().privateKey);
    const { made, applied, calls, time } = updater({ fetch: () => Promise.resolve(forged) });
    await made.follow(forged.version);
    await made.follow(forged.version);
    expect(calls.fetch).toBe(1);
    expect(made.problem?.reason).toContain('its signature is not from the collector');
    time.nowMs = 60_000;
    await made.follow(forged.version);

    expect([calls.fetch, applied]).toEqual([2, []]);
  });

  it('survive a collector that is away', async () => {
    const gone = new AppError('collector-unreachable', 'The collector cannot be reached.', { retryable: true });
    const { made } = updater({ fetch: () => Promise.reject(gone) });

    await expect(made.follow(signed.version)).resolves.toBeUndefined();
    expect(made.problem).toEqual({ of: 'configuration', reason: 'The collector cannot be reached.' });
  });
});

describe('lock', () => {
  it('lets one agent in, tells who it is, and opens again', () => {
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(
      expect.objectContaining({
        code: 'already-running',
        message: expect.stringContaining(`process ${process.pid}`) as string,
      }),
    );
    expect(runningAgent(folder)).toBe(process.pid);
    lock.release();
    expect(runningAgent(folder)).toBeUndefined();
    lockDataFolder(folder).release();
  });

  it.each(['', 'garbage', '4194304 1:deadbeef', `${process.pid} 1:deadbeef`, '1 1:deadbeef'])(
    'takes over one that was left behind and holds %j',
    (content) => {
      writeFileSync(join(folder, 'agent.lock'), content);
      const lock = lockDataFolder(folder);

      expect(runningAgent(folder)).toBe(process.pid);
      lock.release();
    },
  );
});
