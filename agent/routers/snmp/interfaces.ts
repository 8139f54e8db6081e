import type { CounterSample, Counts } from './counters.ts';
import type { columns, olderColumns } from './oids.ts';
import { countOf, longCountOf, numberOf, textOf, type Varbind } from './values.ts';

export type InterfaceRow = Partial<Record<keyof typeof columns, Varbind>>;
export type OlderRow = Partial<Record<keyof typeof olderColumns, Varbind>>;

/** One interface as one reading found it. */
export interface FoundInterface extends Pick<CounterSample, 'index' | 'counts' | 'counterBits' | 'discontinuity'> {
  /** Unique on the device. */
  name: string;
  alias?: string | undefined;
  /** Everything it is called: ifName, ifDescr, ifAlias. */
  calledNames: string[];
  up: boolean;
  enabled?: boolean | undefined;
  speedBitsPerSecond?: number | undefined;
}

const maxNameLength = 64;
const maxAliasLength = 128;
const maxCalledLength = 256;
/** ifSpeed says this when the speed does not fit into it. */
const tooFastBitsPerSecond = 2 ** 32 - 1;
const upStatus = 1;
const downAdminStatus = 2;

/** Whether the newer columns lack something that the older ones may have. */
export function needsOlder(rows: Iterable<InterfaceRow>): boolean {
  for (const row of rows) {
    const hasOctets = longCountOf(row.receiveBytes) !== undefined && longCountOf(row.transmitBytes) !== undefined;
    if (!hasOctets || textOf(row.name, maxNameLength) === undefined) return true;
  }
  return false;
}

/** Makes interfaces of rows, in the order of their index. A row without a state is no interface. */
export function interfacesOf(
  rows: ReadonlyMap<number, InterfaceRow>,
  older: ReadonlyMap<number, OlderRow>,
): FoundInterface[] {
  const found: FoundInterface[] = [];
  for (const [index, row] of rows) {
    const operStatus = numberOf(row.operStatus);
    if (operStatus === undefined) continue;
    const adminStatus = numberOf(row.adminStatus);
    const old = older.get(index) ?? {};
    const alias = textOf(row.alias, maxAliasLength);
    found.push({
      index,
      name: textOf(row.name, maxNameLength) ?? textOf(old.description, maxNameLength) ?? `if${index}`,
      alias,
      calledNames: [row.name, old.description, row.alias].flatMap((each) => textOf(each, maxCalledLength) ?? []),
      up: operStatus === upStatus,
      enabled: adminStatus === undefined ? undefined : adminStatus !== downAdminStatus,
      speedBitsPerSecond: speedOf(row),
      discontinuity: countOf(row.discontinuity),
      ...countsOf(row, old),
    });
  }
  return withUniqueNames(found);
}

function speedOf(row: InterfaceRow): number | undefined {
  const speed = countOf(row.speed);
  const highSpeed = countOf(row.highSpeed);
  // The older value is exact to the bit, as long as it can hold it.
  if (speed !== undefined && speed > 0 && speed < tooFastBitsPerSecond) return speed;
  if (highSpeed !== undefined && highSpeed > 0) return highSpeed * 1e6;
  return speed ?? (highSpeed === undefined ? undefined : 0);
}

function countsOf(row: InterfaceRow, old: OlderRow): Pick<FoundInterface, 'counts' | 'counterBits'> {
  const long = { receiveBytes: longCountOf(row.receiveBytes), transmitBytes: longCountOf(row.transmitBytes) };
  const short = { receiveBytes: bigOf(old.receiveBytes), transmitBytes: bigOf(old.transmitBytes) };
  const isLong = long.receiveBytes !== undefined && long.transmitBytes !== undefined;
  const isShort = !isLong && (short.receiveBytes !== undefined || short.transmitBytes !== undefined);
  const octets = isShort ? short : long;
  const all = {
    ...octets,
    receiveErrors: bigOf(row.receiveErrors),
    transmitErrors: bigOf(row.transmitErrors),
    receiveDiscards: bigOf(row.receiveDiscards),
    transmitDiscards: bigOf(row.transmitDiscards),
  };
  const counts = Object.fromEntries(Object.entries(all).filter(([, count]) => count !== undefined)) as Counts;
  const isCounted = octets.receiveBytes !== undefined || octets.transmitBytes !== undefined;
  return { counts, counterBits: isCounted ? (isShort ? 32 : 64) : undefined };
}

function bigOf(varbind: Varbind | undefined): bigint | undefined {
  const count = countOf(varbind);
  return count === undefined ? undefined : BigInt(count);
}

/** Interfaces of one name get their alias to it, or their index; all of them, so that none takes over another's name. */
function withUniqueNames(found: FoundInterface[]): FoundInterface[] {
  const named = distinguished(found, ({ name, alias, index }) => joined(name, alias ?? String(index)));
  const numbered = distinguished(named, ({ name, index }) => joined(name, String(index)));
  // Cut to their length they may still meet: the index alone is never there twice.
  return distinguished(numbered, ({ index }) => `if${index}`);
}

function distinguished(found: FoundInterface[], rename: (each: FoundInterface) => string): FoundInterface[] {
  const times = new Map<string, number>();
  for (const { name } of found) times.set(name, (times.get(name) ?? 0) + 1);
  return found.map((each) => ((times.get(each.name) ?? 0) > 1 ? { ...each, name: rename(each) } : each));
}

function joined(name: string, rest: string): string {
  const end = `#${rest}`.slice(0, maxNameLength / 2);
  return `${name.slice(0, maxNameLength - end.length)}${end}`;
}
