import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

const takenNames: Readonly<Record<string, string>> = {
  pemda: 'the Pemda as a whole is called',
  wilayah: 'areas are called',
};

/** Areas and the Pemda as a whole have names beside those of departments: none may be taken for another. */
export function areasCheck(config: PantauConfig): ConfigProblem[] {
  return config.perangkatDaerah.flatMap(({ id, sites }, index) => {
    const path = ['perangkatDaerah', index];
    const taken = takenNames[id];
    const message = `"${id}" is what ${taken}; give the department another id`;
    return [
      ...(taken === undefined ? [] : [{ path: [...path, 'id'], message }]),
      ...sites.flatMap(({ area }, at) =>
        area === '*'
          ? [{ path: [...path, 'sites', at, 'area'], message: '"*" stands for the whole Pemda; name the area' }]
          : [],
      ),
    ];
  });
}
