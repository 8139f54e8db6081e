import { drillSettings, sourceSettings } from '../../../shared/backup-settings/registry.ts';
import type { TSchema } from 'typebox';
import { explainShape } from '../explain-shape.ts';
import { collectorSourceKinds } from '../heartbeat-source.ts';
import type { SchemaNode, Settings } from '../json-node.ts';
import { suggestName } from '../nearest-name.ts';
import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { DatasetConfig, PantauConfig } from '../schema.ts';

/**
 * Where a backup is looked for, and how it is tried, must be what agents understand: an agent takes a configuration
 * whole or not at all, so that one dataset with a mistake would keep every change from its department.
 */
export function backupsCheck({ perangkatDaerah }: PantauConfig): ConfigProblem[] {
  return perangkatDaerah.flatMap(({ datasets }, pdIndex) =>
    datasets.flatMap((dataset, index) => {
      const path = ['perangkatDaerah', pdIndex, 'datasets', index];
      return [...sourceProblems(dataset, [...path, 'source']), ...drillProblems(dataset, [...path, 'restoreTest'])];
    }),
  );
}

function sourceProblems({ source }: DatasetConfig, path: ConfigPath): ConfigProblem[] {
  if (source.kind === 'vault') return explainShape(onlyKind, source, path);
  if (collectorSourceKinds.includes(source.kind)) return [];
  const known = [...Object.keys(sourceSettings), ...collectorSourceKinds];
  const problems = settingProblems(sourceSettings, source, path, known);
  return problems.length > 0 || source.kind !== 'restic' ? problems : resticProblems(source, path);
}

function drillProblems({ source, restoreTest }: DatasetConfig, path: ConfigPath): ConfigProblem[] {
  if (restoreTest === undefined) return [];
  const problems = settingProblems(drillSettings, restoreTest, path, Object.keys(drillSettings));
  if (problems.length > 0) return problems;
  const { kind } = restoreTest;
  const inherited = source.kind === kind ? source : {};
  if (kind === 'restic') return resticProblems({ ...inherited, ...restoreTest }, path);
  if (kind === 'borg' && !has({ ...inherited, ...restoreTest }, 'repository')) return [lacks(path, 'repository')];
  const readsFiles = fileDrills.has(kind);
  return readsFiles && source.kind !== 'files' && !has(restoreTest, 'path') ? [lacks(path, 'path')] : [];
}

/** Where nothing but the vaults tell of a backup, there is nothing to set. */
const onlyKind: SchemaNode = {
  type: 'object',
  properties: { kind: { type: 'string' } },
  additionalProperties: false,
};

/** Drills that look for the newest file; the path is that of the source `files` when they name none. */
const fileDrills: ReadonlySet<string> = new Set(['archive', 'pg-list', 'postgres']);

function settingProblems(
  schemas: Readonly<Record<string, TSchema>>,
  settings: Settings & { kind: string },
  path: ConfigPath,
  known: readonly string[],
): ConfigProblem[] {
  const schema = Object.hasOwn(schemas, settings.kind) ? schemas[settings.kind] : undefined;
  if (schema !== undefined) return explainShape(schema, settings, path);
  const message = `"${settings.kind}" is not a known kind; ${suggestName(settings.kind, known)}`;
  return [{ path: [...path, 'kind'], message }];
}

/** What restic needs to open a repository may stand in settings or in a file of variables. */
function resticProblems(settings: Settings, path: ConfigPath): ConfigProblem[] {
  if (has(settings, 'repository') && has(settings, 'repositoryFile')) {
    return [
      { path: [...path, 'repositoryFile'], message: 'is there beside repository; keep one of them', atKey: true },
    ];
  }
  if (has(settings, 'environmentFile')) return [];
  if (!has(settings, 'repository') && !has(settings, 'repositoryFile')) return [lacks(path, 'repository')];
  return has(settings, 'passwordFile') ? [] : [lacks(path, 'passwordFile')];
}

function has(settings: Settings, name: string): boolean {
  return settings[name] !== undefined;
}

function lacks(path: ConfigPath, name: string): ConfigProblem {
  return { path: [...path, name], message: `is missing; add it (${remedies[name] ?? 'text'})` };
}

const remedies: Readonly<Record<string, string>> = {
  repository: 'the address of the repository',
  passwordFile: 'a file on the machine of the agent that holds the password, or environmentFile with variables',
  path: 'where the newest file is looked for, say /srv/cadangan/*',
};
