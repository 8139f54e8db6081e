import type { PantauConfig } from '../config/schema.ts';
import type { AgentRow } from '../store/rows.ts';
import type { TouchedFacts } from './touched-facts.ts';

/** What rests on agents being where they are: their sites, and the datasets of their departments. */
export function placesOf(rows: readonly Pick<AgentRow, 'pd' | 'site'>[], config: PantauConfig): TouchedFacts {
  const datasets = config.perangkatDaerah
    .filter((pd) => rows.some((row) => row.pd === pd.id))
    .flatMap((pd) => pd.datasets.map((dataset) => `${pd.id}/${dataset.id}`));
  return {
    agents: new Set(),
    datasets: new Set(datasets),
    departments: new Set(rows.map(({ pd }) => pd)),
    pemda: false,
    sites: new Set(rows.map(({ pd, site }) => `${pd}/${site}`)),
  };
}
