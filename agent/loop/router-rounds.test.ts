import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import { systemClock, systemRandom } from '../../shared/clock.ts';
import { silentLogger } from '../../shared/logger.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { type Device, honestAnswerer, openDevice } from '../../test/snmp/device.ts';
import { madeRouter } from '../../test/snmp/made-router.ts';
import { folderWith, routerAt } from '../../test/snmp/reading.ts';
import { someConfig } from '../config/agent-config.test-kit.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { Reporter } from './reporter.ts';

const agent = 'a'.repeat(16);
const spool = { queuedCount: 0, droppedCount: 0 };
const devices: Device[] = [];
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

async function router(interfaceCount: number, more: Partial<RouterConfig> = {}): Promise<RouterConfig> {
  const device = await openDevice(honestAnswerer(madeRouter({ interfaceCount })));
  devices.push(device);
  return routerAt(device.port, { timeoutSeconds: 10, ...more });
}

function reporter(): Reporter {
  const dataFolder = folderWith({ version: '2c', community: 'public' });
  const collectorUrl = 'http://127.0.0.1';
  const made = new Reporter({
    dataFolder,
    collectorUrl,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  });
  onTestFinished(() => made.close());
  return made;
}

describe('routers in reports', () => {
  it('are all read for the only report', async () => {
    const config = someConfig(agent, { routers: [await router(3, { pd: 'dinkes', site: 'kantor' }), await router(5)] });
    const report = await reporter().measure({ config, spool, waitMs: 20_000, isOnly: true, inventory: false });

    expect(schemaErrors('routers', report.routers)).toEqual([]);
    expect(report.routers?.map(({ pd, state, interfaces }) => [pd, state, interfaces?.length])).toEqual(
      expect.arrayContaining([
        ['dinkes', 'up', 3],
        [undefined, 'up', 5],
      ]),
    );
  });

  it('come with the report after they were read, once, and again when they are due', async () => {
    const config = someConfig(agent, { routers: [await router(2, { everySeconds: 1 })] });
    const one = reporter();
    const counts: number[] = [];
    const readings = await waitUntil('three readings', async () => {
      const report = await one.measure({ config, spool, waitMs: 1000, inventory: false });
      counts.push(report.routers?.length ?? 0);
      return counts.reduce((sum, count) => sum + count, 0) >= 3 ? report.routers : undefined;
    });

    const { previousTakenAt = '', takenAt = '' } = readings?.at(-1) ?? {};
    expect(Date.parse(takenAt) - Date.parse(previousTakenAt)).toBeGreaterThan(0);
    expect(counts[0]).toBeLessThanOrEqual(1);
  });

  it('are not read by a report beside a running agent', async () => {
    const config = someConfig(agent, { routers: [await router(2)] });
    const round = { config, spool, waitMs: 5000, isOnly: true, inventory: false, withBackups: false };

    expect((await reporter().measure(round)).routers).toBeUndefined();
    expect(devices[0]?.requestCount()).toBe(0);
  });

  it('that fill more than one report come in reports of their own, a moment older than the whole one', async () => {
    const device = await openDevice(honestAnswerer(madeRouter({ interfaceCount: 128 })));
    devices.push(device);
    // The same device as many routers: one after the other, because it is one address.
    const routers = Array.from({ length: 48 }, (_, number) =>
      routerAt(device.port, { timeoutSeconds: 10, site: `s${number}`, everySeconds: 3600 }),
    );
    const config = someConfig(agent, { routers });
    const one = reporter();
    const first = await one.measure({ config, spool, waitMs: 60_000, isOnly: true, inventory: false });
    const ahead = one.routersAhead({ config, spool });
    const last = await one.measure({ config: someConfig(agent), spool, waitMs: 1000, inventory: false });

    const sites = [first, ...ahead, last].flatMap(({ routers: read = [] }) => read.map(({ site }) => site));
    expect(ahead.length).toBeGreaterThan(0);
    expect(new Set(sites).size).toBe(48);
    expect(sites).toHaveLength(48);
    for (const report of [first, ...ahead, last]) {
      expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(600_000);
      expect(schemaErrors('routers', report.routers ?? [])).toEqual([]);
    }
    for (const { takenAt, host, seq } of ahead) {
      expect(Date.parse(takenAt)).toBeLessThan(Date.parse(last.takenAt));
      expect(host.uptimeSeconds).toBeLessThan(last.host.uptimeSeconds);
      expect(seq).toBeLessThan(last.seq);
    }
  });
});
