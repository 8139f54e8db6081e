import type { ArrivalRow, HoldingRow, RestoreTestRow, VaultScanRow } from '../store/rows.ts';
import { byText } from './claim-identity.ts';

/** What readers and restore tests tell of one dataset. */
export interface VaultFacts {
  /** Objects in all vaults, newest arrival first, each as it was last seen. */
  arrivals: ArrivalRow[];
  /** One of each vault. */
  holdings: HoldingRow[];
  /** Newest first. */
  restoreTests: RestoreTestRow[];
}

export const noVaultFacts: VaultFacts = { arrivals: [], holdings: [], restoreTests: [] };

/** A folder of many small files, a repository of pgBackRest say, must not push its own newest backup out. */
export const keptArrivals = 256;
export const keptRestoreTests = 8;

export interface Added<Facts> {
  facts: Facts;
  /** Whether it must be kept: it said something that was not known. */
  isNew: boolean;
}

/** The later look at an object wins, in whatever order the looks arrive. */
export function addArrival(before: VaultFacts, arrival: ArrivalRow): Added<VaultFacts> {
  const twin = before.arrivals.find((known) => arrivalIdentity(known) === arrivalIdentity(arrival));
  if (twin !== undefined && !isLater(arrival, twin)) return { facts: before, isNew: false };
  const arrivals = [...before.arrivals.filter((known) => known !== twin), arrival].toSorted(newestArrivalFirst);
  return {
    facts: { ...before, arrivals: arrivals.slice(0, keptArrivals) },
    isNew: twin === undefined || saysOther(twin, arrival),
  };
}

export function arrivalIdentity({ vault, objectName, modifiedAtMs }: ArrivalRow): string {
  return `${vault}/${modifiedAtMs}/${objectName}`;
}

function newestArrivalFirst(a: ArrivalRow, b: ArrivalRow): number {
  return b.arrivedAtMs - a.arrivedAtMs || byText(arrivalIdentity(a), arrivalIdentity(b));
}

function saysOther(a: ArrivalRow, b: ArrivalRow): boolean {
  const said = ({ state, reason, sha256, sizeBytes, verifiedAtMs, arrivedAtMs }: ArrivalRow) =>
    JSON.stringify([state, reason, sha256, sizeBytes, verifiedAtMs, arrivedAtMs]);
  return said(a) !== said(b);
}

export function addHolding(before: VaultFacts, holding: HoldingRow): Added<VaultFacts> {
  const known = before.holdings.find(({ vault }) => vault === holding.vault);
  if (known !== undefined && !isLater(holding, known)) return { facts: before, isNew: false };
  const isDamaged = (holding.integrity?.damagedCount ?? 0) > 0;
  const next = { ...holding, whole: isDamaged ? undefined : (holding.whole ?? known?.whole) };
  const holdings = [...before.holdings.filter((each) => each !== known), next];
  return {
    facts: { ...before, holdings: holdings.toSorted((a, b) => byText(a.vault, b.vault)) },
    isNew: true,
  };
}

export function addRestoreTest(before: VaultFacts, test: RestoreTestRow): Added<VaultFacts> {
  const isKnown = before.restoreTests.some(({ runId, agentKey }) => runId === test.runId && agentKey === test.agentKey);
  if (isKnown) return { facts: before, isNew: false };
  const restoreTests = [...before.restoreTests, test]
    .toSorted((a, b) => b.completedAtMs - a.completedAtMs || byText(a.runId, b.runId) || a.agentKey - b.agentKey)
    .slice(0, keptRestoreTests);
  return { facts: { ...before, restoreTests }, isNew: true };
}

/** The scan that tells the present of a vault. */
export function laterScan(known: VaultScanRow | undefined, scan: VaultScanRow): VaultScanRow {
  return known === undefined || scan.scannedAtMs >= known.scannedAtMs ? scan : known;
}

interface Look {
  observedAtMs: number;
  record: { agent: string; session: string; seq: number };
}

/** Of two looks in the same moment some order holds, so that arrival decides nothing. */
function isLater(a: Look, b: Look): boolean {
  if (a.observedAtMs !== b.observedAtMs) return a.observedAtMs > b.observedAtMs;
  const name = ({ record }: Look) => `${record.agent} ${record.session} ${String(record.seq).padStart(16, '0')}`;
  return byText(name(a), name(b)) >= 0;
}
