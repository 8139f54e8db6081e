import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** Areas and the Pemda as a whole have names beside those of departments: none may be taken for another. */
export function areasCheck(config: PantauConfig): ConfigProblem[] {
  return config.perangkatDaerah.flatMap(({ id, sites }, index) => {
    const path = ['perangkatDaerah', index];
    const reserved = {
      path: [...path, 'id'],
      message: '"wilayah" is what areas are called; give the department another id',
    };
    return [
      ...(id === 'wilayah' ? [reserved] : []),
      ...sites.flatMap(({ area }, at) =>
        area === '*'
          ? [{ path: [...path, 'sites', at, 'area'], message: '"*" stands for the whole Pemda; name the area' }]
          : [],
      ),
    ];
  });
}
