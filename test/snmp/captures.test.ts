import { describe, expect, it } from 'vitest';
import { columns, olderColumns, system } from '../../agent/routers/snmp/oids.ts';
import { schemaErrors } from '../../agent/sensors/report-checks.ts';
import type { ReportRouter } from '../../shared/report-schema.ts';
import { needs } from '../requirements.ts';
import { serveCaptures, snmpwalk } from './programs.ts';
import { readingOf, routerAt } from './reading.ts';

const needed = needs({ root: true, tools: ['snmpsimd', 'snmpbulkwalk'] });

/** What snmpwalk says of every interface, in the words of a report. */
async function walkedInterfaces(port: number, community: string) {
  const args = ['-v', '2c', '-c', community];
  const values = new Map([
    ...(await snmpwalk(port, args, '1.3.6.1.2.1.2.2')),
    ...(await snmpwalk(port, args, '1.3.6.1.2.1.31.1.1')),
  ]);
  const indexes = [...values.keys()].flatMap((oid) =>
    oid.startsWith(`${olderColumns.description}.`) ? [oid.slice(olderColumns.description.length + 1)] : [],
  );
  return indexes.map((index) => {
    const value = (column: string) => values.get(`${column}.${index}`);
    const number = (column: string) => (value(column) === undefined ? undefined : Number(value(column)));
    const is64 = value(columns.receiveBytes) !== undefined;
    return {
      name: value(columns.name) ?? value(olderColumns.description),
      alias: value(columns.alias) === '' ? undefined : value(columns.alias),
      up: value(columns.operStatus) === '1',
      enabled: value(columns.adminStatus) === '1',
      speedBitsPerSecond: number(columns.speed) === 0 ? undefined : number(columns.speed),
      receiveBytes: number(is64 ? columns.receiveBytes : olderColumns.receiveBytes),
      transmitBytes: number(is64 ? columns.transmitBytes : olderColumns.transmitBytes),
      receiveErrors: number(columns.receiveErrors),
      transmitErrors: number(columns.transmitErrors),
      receiveDiscards: number(columns.receiveDiscards),
      transmitDiscards: number(columns.transmitDiscards),
      counterBits: is64 ? 64 : 32,
    };
  });
}

function comparable(reading: ReportRouter) {
  return (reading.interfaces ?? []).map(({ epoch: _epoch, ...rest }) => ({
    alias: undefined,
    speedBitsPerSecond: undefined,
    ...rest,
  }));
}

describe.skipIf(!needed.ok)(`captures of real devices ${needed.reason}`, () => {
  it('are read as snmpwalk reads them: every interface and every counter', { timeout: 120_000 }, async () => {
    const port = await serveCaptures();
    for (const [community, count, bits] of [
      ['mikrotik-chateau-lte6', 11, 64],
      ['vyatta63', 2, 64],
      ['airos', 6, 32],
    ] as const) {
      const router = routerAt(port, { timeoutSeconds: 20 });
      const reading = await readingOf(router, { version: '2c', community }).read();
      const walked = await walkedInterfaces(port, community);
      const identity = await snmpwalk(port, ['-v', '2c', '-c', community], '1.3.6.1.2.1.1');

      expect(schemaErrors('routers', [reading])).toEqual([]);
      expect(reading).toMatchObject({ state: 'up', address: '127.0.0.1', reader: 'snmp' });
      expect(reading.reason).toBeUndefined();
      expect(walked).toHaveLength(count);
      expect(new Set(walked.map(({ counterBits }) => counterBits))).toEqual(new Set([bits]));
      expect(comparable(reading)).toEqual(walked);
      expect(reading.system?.description).toBe(identity.get(system.description));
      expect(reading.system?.name).toBe(identity.get(system.name));
    }
  });

  it('tell what each of them knows besides', { timeout: 120_000 }, async () => {
    const port = await serveCaptures();
    const read = (community: string) =>
      readingOf(routerAt(port, { timeoutSeconds: 20 }), { version: '2c', community }).read();

    expect(await read('mikrotik-chateau-lte6')).toMatchObject({
      uptimeSeconds: 1_456_383,
      system: { version: '7.15.3' },
    });
    // Its SNMP service runs for less long than it does.
    expect(await read('vyatta63')).toMatchObject({ uptimeSeconds: 72_933.94 });
    expect(await read('airos')).toMatchObject({ uptimeSeconds: 8_165_836, system: { name: 'Tower SW' } });
  });
});
