import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import type { ReportArrival, ReportHolding } from '../../../shared/report-schema.ts';
import type { Dataset } from './dataset.ts';
import { type ArrivalKind, type FileRecord, hexOf, type RememberedFile } from './file-record.ts';
import { pathInDataset } from './folder-record.ts';
import { shownPath } from './shown-path.ts';
import type { Summary } from './summarise.ts';

/** The last moment that a report can express. */
const lastInstantMs = 253_402_300_799_999;
const maxNameLength = 1024;
const maxDamagedLength = 512;

/** Times in a vault come from strangers: what no calendar knows becomes the nearest that one does. */
export function instantOf(atMs: number): string {
  return new Date(Math.floor(Math.min(Math.max(atMs, 0), lastInstantMs))).toISOString();
}

/** What a file of a dataset is told of as. */
export function arrivalKindOf({ layout }: Dataset): ArrivalKind {
  return layout === 'restic' || layout === 'borg' ? layout : 'file';
}

export function arrivalRow(vault: VaultConfig['id'], file: FileRecord): ReportArrival {
  const { dataset } = file.folder;
  const kind = arrivalKindOf(dataset);
  return {
    ...identityOf(vault, dataset, { kind, name: file.name, path: pathInDataset(file) }),
    ...(kind === 'borg' && dataset.repositoryId !== undefined && { repositoryId: dataset.repositoryId }),
    modifiedAt: instantOf(file.modifiedAtMs),
    arrivedAt: instantOf(file.arrivedAtMs),
    ...(kind === 'file' && { sizeBytes: file.sizeBytes }),
    ...shaOf(kind, file.name, file),
    ...(file.isVerified && kind !== 'borg' && { verifiedAt: instantOf(file.checkedAtMs) }),
    ...(file.damage === '' ? { state: 'present' } : { state: 'damaged', reason: file.damage }),
  };
}

/** The last word about an object that a report has told of. @param object `path`: below the dataset's folder. */
export function goneRow(
  vault: VaultConfig['id'],
  dataset: Dataset,
  file: RememberedFile,
  { kind, path, reason }: { kind: ArrivalKind; path: string; reason: string },
): ReportArrival {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    ...identityOf(vault, dataset, { kind, name, path }),
    modifiedAt: instantOf(file.modifiedAtMs),
    arrivedAt: instantOf(file.arrivedAtMs),
    ...(kind === 'file' && { sizeBytes: file.sizeBytes }),
    ...shaOf(kind, name, file),
    state: 'gone',
    reason,
  };
}

export function holdingRow(vault: VaultConfig['id'], dataset: Dataset, summary: Summary): ReportHolding {
  const { kind = 'unreadable', reason, repositoryId } = dataset;
  const { fileCount, sizeBytes, objectCount, newest } = summary;
  const isKnown = kind !== 'empty' && kind !== 'unreadable';
  return {
    vault,
    pd: dataset.pd,
    dataset: dataset.dataset,
    kind,
    ...(reason !== undefined && { reason }),
    ...(repositoryId !== undefined && kind === 'borg' && { repositoryId }),
    ...(isKnown && objectCount !== undefined && { copyCount: objectCount }),
    fileCount,
    sizeBytes,
    ...(isKnown && newest[0] !== undefined && { newestAt: instantOf(newest[0].modifiedAtMs) }),
    ...(isKnown && { integrity: integrityOf(summary) }),
  };
}

function integrityOf(summary: Summary): NonNullable<ReportHolding['integrity']> {
  const { checkedCount, totalCount, damagedCount, damaged, coveredSinceMs } = summary;
  return {
    checkedCount,
    totalCount,
    damagedCount,
    damaged: damaged.map((file) => shownPath(pathInDataset(file), maxDamagedLength)),
    ...(coveredSinceMs !== undefined && { coveredSince: instantOf(coveredSinceMs) }),
  };
}

/** What of a holding is worth telling at once: not that a little more of it was read. */
export function essenceOf({ integrity, ...rest }: ReportHolding): string {
  if (integrity === undefined) return JSON.stringify(rest);
  const { damagedCount, damaged, coveredSince } = integrity;
  return JSON.stringify({ ...rest, damagedCount, damaged, isCovered: coveredSince !== undefined });
}

type Identity = Pick<ReportArrival, 'vault' | 'pd' | 'dataset' | 'kind' | 'objectName' | 'objectId'>;

function identityOf(
  vault: VaultConfig['id'],
  { pd, dataset }: Dataset,
  { kind, name, path }: { kind: ArrivalKind; name: string; path: string },
): Identity {
  const objectName = kind === 'borg' ? `commit-${name}` : shownPath(path, maxNameLength);
  return { vault, pd, dataset, kind, objectName, ...(kind === 'restic' && { objectId: name }) };
}

/** A file's own, or the name of a restic object whose bytes were found to be what it says. */
function shaOf(kind: ArrivalKind, name: string, { digest, checkedAtMs, damage }: RememberedFile) {
  const known = kind === 'restic' && checkedAtMs > 0 && damage === '' ? name : hexOf(digest);
  return known === '' || kind === 'borg' ? {} : { sha256: known };
}
