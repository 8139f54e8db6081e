import { heartbeatUuidPattern } from '../heartbeat-source.ts';
import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { DatasetConfig, PantauConfig } from '../schema.ts';

/** An address that is taken over from another system has its form, and belongs to one dataset alone. */
export function heartbeatsCheck({ perangkatDaerah }: PantauConfig): ConfigProblem[] {
  const owners = new Map<unknown, string>();
  return perangkatDaerah.flatMap((pd, pdIndex) =>
    pd.datasets.flatMap(({ id, source }, index) => {
      if (source.kind !== 'heartbeat') return [];
      const path = ['perangkatDaerah', pdIndex, 'datasets', index, 'source'];
      const { uuid } = source as { uuid?: unknown };
      const owner = uuid === undefined ? undefined : owners.get(uuid);
      if (uuid !== undefined && owner === undefined) owners.set(uuid, `${pd.id}/${id}`);
      return [...settingProblems(source, path), ...(owner === undefined ? [] : [shared(owner, path)])];
    }),
  );
}

/** The address itself is a secret, so that no message repeats it. */
function settingProblems(source: DatasetConfig['source'], path: ConfigPath): ConfigProblem[] {
  return Object.entries(source as Record<string, unknown>).flatMap(([name, value]) => {
    if (name === 'kind' || (name === 'uuid' && typeof value === 'string' && heartbeatUuidPattern.test(value)))
      return [];
    return name === 'uuid'
      ? [{ path: [...path, name], message: badUuid }]
      : [{ path: [...path, name], message: 'is no setting of a heartbeat, which knows only uuid', atKey: true }];
  });
}

const badUuid =
  'is not the address of a check; copy the UUID at the end of its ping URL in lower case, ' +
  'or take uuid out to get an address from "pantau-collector ping-url"';

function shared(owner: string, path: ConfigPath): ConfigProblem {
  return { path: [...path, 'uuid'], message: `is the address of ${owner} too; give each dataset its own` };
}
