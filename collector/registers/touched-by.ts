import type { PantauConfig } from '../config/schema.ts';
import { noTouchedFacts, type TouchedFacts } from '../facts/touched-facts.ts';

/**
 * What must be judged again when entries change: everything of their departments, because a waiver or a decree may concern
 * any duty; of what concerns the Pemda as a whole, its own duties and those of each department.
 */
export function touchedBy(
  pds: ReadonlySet<string | undefined>,
  { perangkatDaerah }: Pick<PantauConfig, 'perangkatDaerah'>,
): TouchedFacts {
  const touched = { ...noTouchedFacts(), pemda: pds.size > 0 };
  for (const { id, sites, datasets } of perangkatDaerah) {
    if (!pds.has(id) && !pds.has(undefined)) continue;
    touched.departments.add(id);
    if (!pds.has(id)) continue;
    for (const site of sites) touched.sites.add(`${id}/${site.id}`);
    for (const dataset of datasets) touched.datasets.add(`${id}/${dataset.id}`);
  }
  return touched;
}
