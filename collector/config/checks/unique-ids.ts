import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** Departments in the Pemda, sites and datasets in a department have an id each of their own. */
export function uniqueIdsCheck(config: PantauConfig): ConfigProblem[] {
  return [
    ...repeatedIds(config.perangkatDaerah, ['perangkatDaerah'], 'department'),
    ...config.perangkatDaerah.flatMap(({ sites, datasets }, index) => [
      ...repeatedIds(sites, ['perangkatDaerah', index, 'sites'], 'site'),
      ...repeatedIds(datasets, ['perangkatDaerah', index, 'datasets'], 'dataset'),
    ]),
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
