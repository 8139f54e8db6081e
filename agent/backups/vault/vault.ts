import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { ReportArrival, ReportVaultScan } from '../../../shared/report-schema.ts';
import { type Dataset, type Place, planVault } from './dataset.ts';
import type { FileRecord, RememberedFile } from './file-record.ts';
import { pathInDataset, pathOf } from './folder-record.ts';
import type { HashIndex } from './hash-index.ts';
import { createPace, type Pace } from './pace.ts';
import { ReadQueue } from './read-queue.ts';
import { goneRow } from './rows.ts';
import { type EntryLimits, usualEntryLimits } from './scan.ts';
import { summarise, type Summary } from './summarise.ts';

export interface VaultDeps {
  index: HashIndex;
  clock: Clock;
  quietMs: number;
  /** The usual ones unless told. */
  limits?: EntryLimits | undefined;
}

/** Everything that the reader knows of one vault. */
export class Vault {
  readonly config: VaultConfig;
  readonly index: HashIndex;
  readonly pace: Pace;
  /** A file that has not changed for so long is complete. */
  readonly quietMs: number;
  readonly limits: EntryLimits;
  readonly places: Place;
  readonly datasets: readonly Dataset[];
  readonly queue = new ReadQueue();
  /** Files that could not be read, and why. */
  readonly readProblems = new Map<FileRecord, string>();
  /** Files that could not be read to the end since the last scan: there is no hurry to try again. */
  readonly postponed = new Set<FileRecord>();
  /** What was known of files that this scan no longer finds: one of them may have another name now. */
  readonly left = new Map<string, RememberedFile>();
  /** Objects to tell of, with their rank among those of their dataset: 0 is the newest. */
  readonly toSay = new Map<FileRecord, number>();
  readonly gone: ReportArrival[] = [];
  scanNumber = 0;
  isScanning = false;
  /** The last scan did not come to its end. */
  hasFailed = false;
  lastScan: ReportVaultScan | undefined;
  isScanSaid = false;
  /** Monotonic times. */
  nextScanAtMs = -Infinity;
  /** Undefined before there is something to read again. */
  nextAgainAtMs: number | undefined;
  restatedAtMs = -Infinity;

  constructor(config: VaultConfig, { index, clock, quietMs, limits = usualEntryLimits }: VaultDeps) {
    this.quietMs = quietMs;
    this.limits = limits;
    this.config = config;
    this.index = index;
    this.pace = createPace(clock, config.hashBytesPerSecond);
    const { places, datasets } = planVault(config);
    this.places = places;
    this.datasets = datasets;
  }

  /** To be told of, with the rank it has. */
  say(file: FileRecord, rank: number): void {
    this.toSay.set(file, rank);
  }

  /** Keeps what is known of a file over a restart. */
  remember(file: FileRecord): void {
    this.index.write(pathOf(file), file);
  }

  /**
   * A file is no longer there, or no longer the one that it was; if a report told of it another one takes it back.
   * @param known what it was.
   */
  tellGone(file: FileRecord, known: RememberedFile, reason: string): void {
    const { announcedAs } = known;
    // What borg compacts away was no loss.
    if (announcedAs === '' || announcedAs === 'borg') return;
    const object = { kind: announcedAs, path: pathInDataset(file), reason };
    this.gone.push(goneRow(this.config.id, file.folder.dataset, known, object));
  }

  /** The summary of a dataset as it is now; what is new in it is to be told of. */
  summaryOf(dataset: Dataset): Summary {
    if (dataset.summary !== undefined && !dataset.isDirty) return dataset.summary;
    const summary = summarise(dataset);
    dataset.summary = summary;
    dataset.isDirty = false;
    dataset.mayHaveNews = true;
    for (const [rank, file] of summary.newest.entries()) if (!file.isSaid) this.say(file, rank);
    return summary;
  }

  close(): void {
    this.index.close();
  }
}
