import type { Schedule } from '../../../shared/cron-grace.ts';
import { resolveGrace } from '../../config/grace.ts';
import type { DatasetConfig, PantauConfig } from '../../config/schema.ts';
import { vaultsOf } from '../../config/vaults-of.ts';
import type { Fleet } from '../../facts/fleet.ts';
import type { Store } from '../../store/store.ts';

/** One dataset, as its history is read. It is judged by its schedule of today: an earlier one is not kept. */
export interface HistorySubject {
  pd: string;
  dataset: string;
  schedule: Schedule;
  minSizeBytes: number;
  /** Nobody claims anything of it; what arrives speaks for itself. */
  isClaimless: boolean;
  /** Vaults that are not in the Pusat Data: what arrives there is no arrival here. */
  otherVaults: ReadonlySet<string>;
  /** Whose reports tell whether anybody was there to notice: the department, or those at the Pusat Data. */
  heardPd: string;
  /** Hours that are not rolled up yet and in which it was heard. */
  recentHours: readonly number[];
  /** Nothing was due before. */
  knownSinceMs: number;
}

export interface HistoryView {
  config: PantauConfig;
  /** Knows what is not rolled up yet. */
  fleet: Pick<Fleet, 'agentsOf'>;
  store: Pick<Store, 'firstSeenMs' | 'backupHistory'>;
  nowMs: number;
}

/** Sources that the Pusat Data itself hears or sees; no agent of the department has to be there. */
const agentlessSources = new Set(['heartbeat', 'vault']);
const hourMs = 3_600_000;
/** Reports are rolled up an hour or two after they came; somewhat more is asked of memory. */
const notRolledUpMs = 4 * hourMs;

/** The datasets that are asked for, in the order of the configuration. */
export async function historySubjects(
  view: HistoryView,
  asked: { pd?: string | undefined; dataset?: string | undefined },
): Promise<HistorySubject[]> {
  const otherVaults = new Set(
    vaultsOf(view.config).flatMap(({ vault, location }) => (location === 'drc' ? vault.id : [])),
  );
  const subjects: HistorySubject[] = [];
  for (const pd of view.config.perangkatDaerah) {
    if (asked.pd !== undefined && asked.pd !== pd.id) continue;
    for (const dataset of pd.datasets) {
      if (asked.dataset !== undefined && asked.dataset !== dataset.id) continue;
      subjects.push({ ...(await subjectOf(view, pd.id, dataset)), otherVaults });
    }
  }
  return subjects;
}

async function subjectOf(
  view: HistoryView,
  pd: string,
  dataset: DatasetConfig,
): Promise<Omit<HistorySubject, 'otherVaults'>> {
  const { config, store, nowMs } = view;
  const heardPd = agentlessSources.has(dataset.source.kind) ? config.pemda.diskominfo.pd : pd;
  return {
    pd,
    dataset: dataset.id,
    schedule: {
      cron: dataset.schedule,
      timezone: dataset.timezone ?? config.timezone,
      graceSeconds: resolveGrace(dataset).seconds,
    },
    minSizeBytes: dataset.minSize ?? 1,
    isClaimless: dataset.source.kind === 'vault',
    heardPd,
    recentHours: recentHours(view, heardPd),
    knownSinceMs: await store.firstSeenMs('dataset', `${pd}/${dataset.id}`, nowMs),
  };
}

function recentHours({ fleet }: HistoryView, pd: string): number[] {
  // A router knows nothing of backups.
  return fleet.agentsOf(pd).flatMap(({ row, present }) => {
    if (present === undefined || row.tokenHash !== undefined) return [];
    const { freshSinceMs, receivedAtMs } = present;
    const hours: number[] = [];
    const first = Math.max(freshSinceMs, receivedAtMs - notRolledUpMs);
    for (let hour = Math.floor(first / hourMs) * hourMs; hour <= receivedAtMs; hour += hourMs) hours.push(hour);
    return hours;
  });
}
