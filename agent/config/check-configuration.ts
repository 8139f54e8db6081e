import { type AgentConfig, AgentConfigSchema, type BackupConfig } from '../../shared/agent-config-schema.ts';
import { messageOf } from '../../shared/errors.ts';
import { backupSources } from '../backups/registry.ts';
import { probes } from '../probes/registry.ts';
import { routerReaders } from '../routers/registry.ts';
import { restoreTestProblem } from './drill-problem.ts';
import { schemaProblem } from './schema-problem.ts';

/**
 * The first thing that is wrong with a configuration document, as one sentence that names the field; undefined when
 * the agent can run it. Loads the schema library: for short-lived processes only.
 */
export async function configProblem(document: string, agent: string): Promise<string | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch (error) {
    return `it is not JSON: ${messageOf(error)}`;
  }
  const problem = schemaProblem(AgentConfigSchema, value, '');
  if (problem !== undefined) return problem;
  const config = value as AgentConfig;
  if (config.agent !== agent) return `/agent: it is for agent ${config.agent}, this one is ${agent}`;
  return probeProblem(config) ?? routerProblem(config) ?? (await backupProblem(config));
}

function probeProblem({ probes: targets }: AgentConfig): string | undefined {
  const names = new Set<string>();
  for (const [index, { name, kind }] of targets.entries()) {
    if (names.has(name)) return `/probes/${index}/name: "${name}" is there twice`;
    names.add(name);
    if (!probes.some((probe) => probe.kind === kind)) {
      return `/probes/${index}/kind: "${kind}" is unknown; known: ${probes.map((probe) => probe.kind).join(', ')}`;
    }
  }
  return undefined;
}

function routerProblem({ routers = [] }: AgentConfig): string | undefined {
  for (const [index, { reader }] of routers.entries()) {
    if (!routerReaders.some(({ kind }) => kind === reader)) {
      const known = routerReaders.map(({ kind }) => kind).join(', ');
      return `/routers/${index}/reader: "${reader}" is unknown; known: ${known}`;
    }
  }
  return undefined;
}

async function backupProblem({ backups }: AgentConfig): Promise<string | undefined> {
  for (const [index, backup] of backups.entries()) {
    const problem =
      (await sourceProblem(backup, `/backups/${index}/source`)) ??
      (await restoreTestProblem(backup, `/backups/${index}/restoreTest`));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

async function sourceProblem({ source }: BackupConfig, path: string): Promise<string | undefined> {
  if (source === undefined) return undefined;
  const known = backupSources.find(({ kind }) => kind === source.kind);
  if (known !== undefined) return schemaProblem(await known.config(), source, path);
  return `${path}/kind: "${source.kind}" is unknown; known: ${backupSources.map(({ kind }) => kind).join(', ')}`;
}
