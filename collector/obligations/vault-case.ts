import { durationSeconds } from '../../shared/duration.ts';
import type { VaultConfig } from '../config/schema.ts';
import { vaultsOf } from '../config/vaults-of.ts';
import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import { noVaultFacts } from '../facts/vault-facts.ts';
import type { ArrivalRow, HoldingRow, VaultScanRow } from '../store/rows.ts';
import type { CaseView } from './case-view.ts';
import type { VaultView } from './rule.ts';

/** What the readers at one place see of one dataset. */
export interface PlaceFacts {
  view: VaultView;
  arrivals: ArrivalRow[];
  /** Until when what had come to each vault was read and found whole. */
  wholeUntilMs: ReadonlyMap<string, number>;
}

/** A scan may be late by so much before its vault counts as unread. */
const scanPatienceMs = 10 * 60_000;
const scanPeriods = 3;

/** @param name `<pd>/<dataset>`. */
export function placeFacts(view: CaseView, name: string, location: VaultScanRow['location']): PlaceFacts {
  const vaults = vaultsOf(view.config).flatMap((each) => (each.location === location ? [each.vault] : []));
  const ids = new Set(vaults.map(({ id }) => id));
  const facts = view.fleet.inVaults(name) ?? noVaultFacts;
  const holdings = facts.holdings.filter(({ vault }) => ids.has(vault));
  const arrivals = facts.arrivals.filter(({ vault }) => ids.has(vault));
  const counts = holdings.flatMap(({ copyCount }) => (copyCount === undefined ? [] : [copyCount]));
  const wholeUntilMs = wholeUntil(vaults, holdings, view.nowMs);
  const newest = arrivals.find(({ state }) => state === 'present');
  return {
    arrivals,
    wholeUntilMs,
    view: {
      state: stateOf(view, { vaults, holdings, arrivals }),
      // Where one vault cannot be counted, neither can all of them.
      copyCount: counts.length === holdings.length && holdings.length > 0 ? sum(counts) : undefined,
      // All of them: the backup may be in any.
      wholeUntilMs: wholeUntilMs.size === vaults.length ? Math.min(...wholeUntilMs.values()) : undefined,
      coverSeconds: vaults.length === 0 ? undefined : Math.max(...vaults.map(coverSecondsOf)),
      damaged: damagedOf(holdings, arrivals),
      newest: newest && {
        arrivedAtMs: newest.arrivedAtMs,
        modifiedAtMs: newest.modifiedAtMs,
        objectName: newest.objectName,
        record: newest.record,
      },
    },
  };
}

/** Agents that read the vaults of a place. */
export function readersAt(view: CaseView, location: VaultScanRow['location']): AgentFacts[] {
  const vaults = vaultsOf(view.config).filter((each) => each.location === location);
  return [...view.fleet.readers()].filter(({ row }) =>
    vaults.some(({ vault }) => vault.node === undefined || vault.node === row.node),
  );
}

interface Seen {
  vaults: readonly VaultConfig[];
  holdings: readonly HoldingRow[];
  arrivals: readonly ArrivalRow[];
}

/** One vault that nobody reads is enough for not knowing: the backup may be in that one. */
function stateOf(view: CaseView, seen: Seen): VaultView['state'] {
  if (seen.vaults.length === 0) return 'none';
  return seen.vaults.every((vault) => isRead(view, vault, seen)) ? 'read' : 'silent';
}

function isRead(view: CaseView, vault: VaultConfig, { holdings, arrivals }: Seen): boolean {
  const scan = view.fleet.vaultScan(vault.id);
  const holding = holdings.find((each) => each.vault === vault.id);
  if (scan === undefined || holding === undefined || !isCurrent(view, vault, scan)) return false;
  // A reader tells how much there is before it has told what it is.
  const isAwaited = (holding.copyCount ?? 0) > 0 && !arrivals.some((arrival) => arrival.vault === vault.id);
  return holding.kind !== 'unreadable' && !isAwaited;
}

function isCurrent({ fleet, nowMs }: CaseView, { scanEvery }: VaultConfig, scan: VaultScanRow): boolean {
  const reader = fleet.agent(scan.record.agent);
  if (scan.outcome !== 'ok' || reader === undefined || !isFresh(reader, nowMs)) return false;
  return nowMs - scan.scannedAtMs <= scanPeriods * durationSeconds(scanEvery) * 1000 + scanPatienceMs;
}

function coverSecondsOf({ coverEvery }: VaultConfig): number {
  return durationSeconds(coverEvery);
}

const tellPatienceMs = 3_600_000;

function wholeUntil(
  vaults: readonly VaultConfig[],
  holdings: readonly HoldingRow[],
  nowMs: number,
): Map<string, number> {
  const whole = new Map<string, number>();
  for (const { vault, whole: found } of holdings) {
    const config = vaults.find(({ id }) => id === vault);
    if (config === undefined || found === undefined) continue;
    // A turn that began late is no gap: twice the period is. What was read is told by a later look, in a later report.
    if (nowMs - found.coveredSinceMs <= 2 * coverSecondsOf(config) * 1000 + tellPatienceMs)
      whole.set(vault, found.atMs);
  }
  return whole;
}

function damagedOf(holdings: readonly HoldingRow[], arrivals: readonly ArrivalRow[]): VaultView['damaged'] {
  const damaged = holdings.filter(({ integrity }) => (integrity?.damagedCount ?? 0) > 0);
  const [first] = damaged;
  if (first !== undefined) {
    return {
      names: damaged.flatMap(({ integrity }) => integrity?.damaged ?? []),
      count: sum(damaged.map(({ integrity }) => integrity?.damagedCount ?? 0)),
      foundAtMs: first.observedAtMs,
      record: first.record,
    };
  }
  // A reader that counts its damage has said all there is: what an older row says of an object is over.
  const counts = new Set(holdings.flatMap(({ vault, integrity }) => (integrity === undefined ? [] : [vault])));
  const broken = arrivals.filter(({ state, vault }) => state === 'damaged' && !counts.has(vault));
  const [newest] = broken;
  if (newest === undefined) return undefined;
  const names = broken.map(({ objectName }) => objectName);
  return { names, count: broken.length, foundAtMs: newest.observedAtMs, record: newest.record };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
