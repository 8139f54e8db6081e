import { columns, olderColumns, system, uptimes } from '../../agent/routers/snmp/oids.ts';
import { counter32, counter64, gauge32, integer, oidValue, text, timeTicks } from './messages.ts';

export interface MadeRouter {
  interfaceCount: number;
  uptimeTicks?: number;
  /** False for one that knows only the older table with 32 bits. */
  isModern?: boolean;
  /** Bytes that an interface has received. */
  receivedBytes?: (index: number) => bigint;
}

/** A plain router with interfaces `ether1` …, ready to be changed. */
export function madeRouter(options: MadeRouter): Map<string, Buffer> {
  const { interfaceCount, uptimeTicks = 8_640_000, isModern = true } = options;
  const { receivedBytes = (index: number) => BigInt(index) * 1_000_003n } = options;
  const mib = new Map<string, Buffer>([
    [system.description, text('Linux router 6.1')],
    [system.objectId, oidValue('1.3.6.1.4.1.8072.3.2.10')],
    [system.upTime, timeTicks(uptimeTicks)],
    [system.name, text('rtr-dinkes')],
    [uptimes.host, timeTicks(uptimeTicks + 4000)],
    [uptimes.engine, integer(Math.floor(uptimeTicks / 100))],
  ]);
  for (let index = 1; index <= interfaceCount; index++) {
    const set = (column: string, value: Buffer) => void mib.set(`${column}.${index}`, value);
    const received = receivedBytes(index);
    set(olderColumns.description, text(`ether${index}`));
    set(olderColumns.receiveBytes, counter32(Number(BigInt.asUintN(32, received))));
    set(olderColumns.transmitBytes, counter32(index * 500));
    set(columns.speed, gauge32(1_000_000_000));
    set(columns.adminStatus, integer(1));
    set(columns.operStatus, integer(index % 4 === 0 ? 2 : 1));
    for (const column of [columns.receiveDiscards, columns.receiveErrors]) set(column, counter32(index));
    for (const column of [columns.transmitDiscards, columns.transmitErrors]) set(column, counter32(0));
    if (!isModern) continue;
    set(columns.name, text(`ether${index}`));
    set(columns.alias, text(index === 1 ? 'WAN Diskominfo' : ''));
    set(columns.highSpeed, gauge32(1000));
    set(columns.receiveBytes, counter64(received));
    set(columns.transmitBytes, counter64(BigInt(index) * 500n));
    set(columns.discontinuity, timeTicks(0));
  }
  return mib;
}
