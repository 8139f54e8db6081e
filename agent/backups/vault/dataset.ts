import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import type { ReportHolding } from '../../../shared/report-schema.ts';
import type { FileRecord } from './file-record.ts';
import { type FolderRecord, newFolder } from './folder-record.ts';
import type { Layout } from './recognise.ts';
import type { Summary } from './summarise.ts';

/** A dataset of a vault: what the configuration says of it, and what its folder holds. */
export interface Dataset {
  readonly pd: string;
  readonly dataset: string;
  readonly root: FolderRecord;
  /** Undefined until it was looked at. */
  kind: ReportHolding['kind'] | undefined;
  reason: string | undefined;
  /** What its folder was when it could last be looked at. */
  layout: Layout | undefined;
  repositoryId: string | undefined;
  /** Files that may still be written to, with the monotonic time since when they look the same. */
  readonly unsettled: Map<FileRecord, number>;
  /** borg: the segments that end a transaction, newest first; a few. */
  commits: readonly FileRecord[];
  /** Changed since `summary` was made. */
  isDirty: boolean;
  summary: Summary | undefined;
  /** What matters of the holding that was last told, as text; empty when it is to be told in any case. */
  saidHolding: string;
  /** There may be something new in the holding. */
  mayHaveNews: boolean;
}

/** A folder on the way to datasets, or a dataset's own. Others may lie inside it. */
export interface Place {
  dataset: Dataset | undefined;
  readonly children: Map<string, Place>;
}

export interface VaultPlan {
  places: Place;
  datasets: Dataset[];
}

/** Arranges a vault's datasets by their folders. Two datasets with one folder: the second has none to look at. */
export function planVault({ datasets }: VaultConfig): VaultPlan {
  const places = newPlace();
  const planned = datasets.map(({ pd, dataset, path }) => {
    const names = Buffer.from(path, 'utf8').toString('latin1').split('/').filter(Boolean);
    const entry = newDataset(pd, dataset, names.join('/'));
    let place = places;
    for (const name of names) {
      const next: Place = place.children.get(name) ?? newPlace();
      place.children.set(name, next);
      place = next;
    }
    if (place.dataset === undefined) place.dataset = entry;
    else {
      entry.kind = 'unreadable';
      entry.reason = `same-folder-as: ${place.dataset.pd}/${place.dataset.dataset}`;
    }
    return entry;
  });
  return { places, datasets: planned };
}

/** The dataset of a place and those below it. */
export function* datasetsBelow(place: Place): Generator<Dataset, void> {
  if (place.dataset !== undefined) yield place.dataset;
  for (const child of place.children.values()) yield* datasetsBelow(child);
}

/** The dataset that a path below the root belongs to: the innermost one. */
export function datasetOf(places: Place, path: string): Dataset | undefined {
  let place: Place | undefined = places;
  let found = place.dataset;
  for (const name of path.split('/')) {
    place = place.children.get(name);
    if (place === undefined) break;
    found = place.dataset ?? found;
  }
  return found;
}

const newPlace = (): Place => ({ dataset: undefined, children: new Map() });

function newDataset(pd: string, dataset: string, path: string): Dataset {
  const made = { pd, dataset } as { -readonly [Key in keyof Dataset]: Dataset[Key] };
  return Object.assign(made, {
    root: newFolder(made, path),
    kind: undefined,
    reason: undefined,
    layout: undefined,
    repositoryId: undefined,
    unsettled: new Map<FileRecord, number>(),
    commits: [],
    isDirty: true,
    summary: undefined,
    saidHolding: '',
    mayHaveNews: true,
  });
}
