import type { ReportReference } from '../../shared/evidence.ts';
import type { SeenList, SeenRow } from '../store/path-rows.ts';

export const nothingSeen: SeenList = { lookedAtMs: 0, seen: [] };

/** So many addresses of one kind are kept for a day; a way of thirty hops fits. */
export const keptAddresses = 32;

/** One look: what was there at a moment, and the report that says so. */
export interface Look {
  addresses: readonly string[];
  atMs: number;
  record: ReportReference;
  /** An address that is seen again after a longer pause is not taken to have been there in between. */
  longestGapMs: number;
  /** Addresses last seen before this belong to an earlier day. */
  dayFromMs: number;
}

/**
 * Adds a look that is newer than the one before; the newest addresses come first.
 * @returns also whether it saw an address that was not seen on this day.
 */
export function looked(before: SeenList, look: Look): { list: SeenList; isNew: boolean } {
  const { addresses, atMs, record, longestGapMs, dayFromMs } = look;
  let isNew = false;
  const found = [...new Set(addresses)].map((address): SeenRow => {
    const known = before.seen.find((each) => each.address === address);
    const isOfToday = known !== undefined && known.lastAtMs >= dayFromMs;
    isNew ||= !isOfToday;
    const goesOn =
      known !== undefined && known.lastAtMs === before.lookedAtMs && atMs - before.lookedAtMs <= longestGapMs;
    return {
      address,
      firstAtMs: isOfToday ? known.firstAtMs : atMs,
      lastAtMs: atMs,
      sinceMs: goesOn ? known.sinceMs : atMs,
      firstRecord: isOfToday ? known.firstRecord : record,
      record,
    };
  });
  const others = before.seen.filter(({ address }) => !addresses.includes(address));
  return { list: { lookedAtMs: atMs, seen: [...found, ...others].slice(0, keptAddresses) }, isNew };
}

/** What the last look saw. */
export function seenNow({ lookedAtMs, seen }: SeenList): SeenRow[] {
  return seen.filter(({ lastAtMs }) => lastAtMs === lookedAtMs);
}

/** The same whichever of two comes first; what both saw counts once. */
export function mergedLists(one: SeenList, other: SeenList): SeenList {
  const byAddress = new Map(one.seen.map((row) => [row.address, row]));
  for (const row of other.seen) {
    const known = byAddress.get(row.address);
    byAddress.set(row.address, known === undefined ? row : mergedRows(known, row));
  }
  const seen = [...byAddress.values()].toSorted((a, b) => b.lastAtMs - a.lastAtMs || (a.address < b.address ? -1 : 1));
  return { lookedAtMs: Math.max(one.lookedAtMs, other.lookedAtMs), seen: seen.slice(0, keptAddresses) };
}

function mergedRows(one: SeenRow, other: SeenRow): SeenRow {
  const first = other.firstAtMs < one.firstAtMs ? other : one;
  const last = other.lastAtMs > one.lastAtMs ? other : one;
  return { ...last, firstAtMs: first.firstAtMs, firstRecord: first.firstRecord };
}
