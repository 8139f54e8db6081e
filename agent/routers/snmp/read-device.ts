import type { Clock } from '../../../shared/clock.ts';
import { type FoundInterface, interfacesOf, needsOlder } from './interfaces.ts';
import { isMikrotik, type MikrotikFacts, readMikrotik } from './mikrotik.ts';
import { columns, olderColumns, system, uptimes } from './oids.ts';
import { SnmpProblem } from './problem.ts';
import { readColumns } from './read-columns.ts';
import type { SnmpSession } from './session.ts';
import { countOf, oidOf, textOf } from './values.ts';

/** What one reading of a device found, before anything is compared with the reading before. */
export interface DeviceFacts {
  atMs: number;
  nowMs: number;
  description?: string | undefined;
  name?: string | undefined;
  serviceTicks?: number | undefined;
  hostTicks?: number | undefined;
  engineSeconds?: number | undefined;
  mikrotik?: MikrotikFacts | undefined;
  /** Absent when not all of them could be read. */
  interfaces?: { atMs: number; nowMs: number; found: FoundInterface[]; isCutShort: boolean } | undefined;
  /** Why the reading ended early. */
  problem?: SnmpProblem | undefined;
  /** True when it answered the question for its other uptimes, whether it has them or not. */
  toldUptimes?: boolean | undefined;
  /** True when the device fell silent at questions that it need not know. */
  chokes?: boolean | undefined;
}

export interface ReadOptions {
  clock: Clock;
  /** False to leave out what this device choked on. */
  withExtras: boolean;
  /** Whether it has answered for its other uptimes before: then they are asked for with the first question. */
  knowsUptimes: boolean;
}

/**
 * Asks for who the device is, then for its interfaces, then for what only some devices know. Whatever fails ends the
 * reading there; what was read before stays.
 * @throws SnmpProblem when not even the first question was answered.
 */
export async function readDevice(session: SnmpSession, options: ReadOptions): Promise<DeviceFacts> {
  const { clock, withExtras, knowsUptimes } = options;
  const asked = [system.description, system.objectId, system.upTime, system.name];
  const more = withExtras && knowsUptimes ? [uptimes.host, uptimes.engine] : [];
  const values = await session.get([...asked, ...more]);
  const facts: DeviceFacts = {
    atMs: clock.monotonicMs(),
    nowMs: clock.nowMs(),
    description: textOf(values[0], 256),
    serviceTicks: countOf(values[2]),
    name: textOf(values[3], 128),
    hostTicks: countOf(values[4]),
    engineSeconds: countOf(values[5]),
  };
  try {
    facts.interfaces = await readInterfaces(session, clock);
  } catch (error) {
    facts.problem = partProblem(error);
    return facts;
  }
  if (!withExtras) return facts;
  try {
    if (!knowsUptimes) await readUptimes(session, facts);
    if (isMikrotik(oidOf(values[1]), facts.description)) facts.mikrotik = await readMikrotik(session);
  } catch (error) {
    facts.chokes = partProblem(error).reason !== 'stopped';
  }
  return facts;
}

async function readInterfaces(session: SnmpSession, clock: Clock): Promise<DeviceFacts['interfaces']> {
  const times = { atMs: clock.monotonicMs(), nowMs: clock.nowMs() };
  const { rows, isCutShort } = await readColumns(session, columns);
  const older = needsOlder(rows.values()) ? (await readColumns(session, olderColumns)).rows : new Map<number, never>();
  return { ...times, found: interfacesOf(rows, older), isCutShort };
}

async function readUptimes(session: SnmpSession, facts: DeviceFacts): Promise<void> {
  const [host, engine] = await session.get([uptimes.host, uptimes.engine]);
  facts.hostTicks = countOf(host);
  facts.engineSeconds = countOf(engine);
  facts.toldUptimes = true;
}

/** A device that answered before and then no more stopped in the middle. */
function partProblem(error: unknown): SnmpProblem {
  if (!(error instanceof SnmpProblem)) throw error;
  if (error.reason !== 'timeout') return error;
  return new SnmpProblem('stopped-in-mid-walk', 'It stopped to answer in the middle.', { cause: error });
}
