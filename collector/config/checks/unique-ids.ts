import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** Departments in the Pemda, sites and datasets in a department have an id each of their own. */
export function uniqueIdsCheck(config: PantauConfig): ConfigProblem[] {
  return [
    ...repeatedIds(config.perangkatDaerah, ['perangkatDaerah'], 'department'),
    ...repeatedVaults(config),
    ...repeatedIds(config.remoteWrite, ['remoteWrite'], 'receiver'),
    ...config.perangkatDaerah.flatMap(({ sites, datasets }, index) => [
      ...repeatedIds(sites, ['perangkatDaerah', index, 'sites'], 'site'),
      ...repeatedIds(datasets, ['perangkatDaerah', index, 'datasets'], 'dataset'),
    ]),
  ];
}

/** A vault is known by its id alone, so one id serves neither two places nor two folders. */
function repeatedVaults({ pusatData, drc }: PantauConfig): ConfigProblem[] {
  const ofPusatData = new Set((pusatData?.vaults ?? []).map(({ id }) => id));
  const clashes = (drc?.vaults ?? []).flatMap(({ id }, index) =>
    ofPusatData.has(id)
      ? [{ path: ['drc', 'vaults', index, 'id'], message: `"${id}" is a vault of pusatData too; give it another id` }]
      : [],
  );
  return [
    ...repeatedIds(pusatData?.vaults ?? [], ['pusatData', 'vaults'], 'vault'),
    ...repeatedIds(drc?.vaults ?? [], ['drc', 'vaults'], 'vault'),
    ...clashes,
  ];
}

function repeatedIds(entries: readonly { id: string }[], path: ConfigPath, what: string): ConfigProblem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }, index) => {
    const message = `"${id}" is used twice; give each ${what} its own id`;
    const problems = seen.has(id) ? [{ path: [...path, index, 'id'], message }] : [];
    seen.add(id);
    return problems;
  });
}
