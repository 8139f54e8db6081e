import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { type AgentConfig, AgentConfigSchema } from '../../shared/agent-config-schema.ts';
import { messageOf } from '../../shared/errors.ts';
import { backupSources } from '../backups/registry.ts';
import { probes } from '../probes/registry.ts';

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
  const problem = problemOf(AgentConfigSchema, value, '');
  if (problem !== undefined) return problem;
  const config = value as AgentConfig;
  if (config.agent !== agent) return `/agent: it is for agent ${config.agent}, this one is ${agent}`;
  return probeProblem(config) ?? (await backupProblem(config));
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

async function backupProblem({ backups }: AgentConfig): Promise<string | undefined> {
  for (const [index, { source }] of backups.entries()) {
    const path = `/backups/${index}/source`;
    const known = backupSources.find(({ kind }) => kind === source.kind);
    if (known === undefined) {
      return `${path}/kind: "${source.kind}" is unknown; known: ${backupSources.map(({ kind }) => kind).join(', ')}`;
    }
    const problem = problemOf(await known.config(), source, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(schema: TSchema, value: unknown, path: string): string | undefined {
  if (Compile(schema).Check(value)) return undefined;
  // The most deeply nested complaint is the cause; the others only say that its parents do not fit either.
  const errors = Value.Errors(schema, value).toSorted((a, b) => depth(b.instancePath) - depth(a.instancePath));
  const [worst] = errors;
  const message = worst?.keyword === 'boolean' ? 'is not a known field' : (worst?.message ?? 'does not fit');
  return `${path}${worst?.instancePath ?? ''}: ${message}`;
}

function depth(path: string): number {
  return path.split('/').length;
}
