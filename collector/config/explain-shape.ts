import { explainScalar, wrongType } from './explain-scalar.ts';
import { describeType, isSettings, type SchemaNode, type Settings } from './json-node.ts';
import { suggestName } from './nearest-name.ts';
import type { ConfigPath, ConfigProblem } from './problem.ts';

/** Sections whose values may be secrets: messages name them, never quote them. */
const secretSections = new Set<unknown>(['notify']);
/** Settings that hold a password when somebody writes it into an address. */
const secretSettings = new Set<unknown>(['repository']);

function mayBeSecret(path: ConfigPath): boolean {
  return secretSections.has(path[0]) || secretSettings.has(path.at(-1));
}

/**
 * What in a value does not fit a schema, each with its remedy. It says the same yes or no as the schema's own checker
 * but knows how people mistype: unknown keys get a suggestion, a union is judged by the branch that was meant.
 */
export function explainShape(schema: SchemaNode, value: unknown, path: ConfigPath = []): ConfigProblem[] {
  if (schema.anyOf !== undefined) return explainUnion(schema, schema.anyOf, value, path);
  if (schema.type === 'object') {
    return isSettings(value)
      ? explainSettings(schema, value, path)
      : [{ path, message: wrongType(schema, value, mayBeSecret(path)) }];
  }
  if (schema.type === 'array') {
    return Array.isArray(value)
      ? explainList(schema, value, path)
      : [{ path, message: wrongType(schema, value, mayBeSecret(path)) }];
  }
  const isSecret = mayBeSecret(path);
  const shown = isSecret ? undefined : JSON.stringify(value);
  const message = explainScalar(schema, value, { shown: shown ?? 'the value', isSecret });
  return message === undefined ? [] : [{ path, message }];
}

function explainSettings(schema: SchemaNode, value: Settings, path: ConfigPath): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const properties = schema.properties ?? {};
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name) && properties[name]?.default === undefined) {
      problems.push({
        path: [...path, name],
        message: `is missing; add it (${properties[name]?.description ?? describeType(properties[name] ?? {})})`,
      });
    }
  }
  const names = Object.keys(value);
  if (schema.maxProperties !== undefined && names.length > schema.maxProperties) {
    problems.push({ path, message: `has ${names.length} entries; at most ${schema.maxProperties} are allowed` });
  }
  for (const name of names) {
    const child = childSchema(schema, name);
    if (child !== undefined) problems.push(...explainShape(child, value[name], [...path, name]));
    else {
      const message = `is not a known key; ${suggestName(name, Object.keys(properties))}`;
      problems.push({ path: [...path, name], message, atKey: true });
    }
  }
  return problems;
}

function childSchema(schema: SchemaNode, name: string): SchemaNode | undefined {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, name)) return schema.properties[name];
  for (const [pattern, child] of Object.entries(schema.patternProperties ?? {})) {
    if (new RegExp(pattern, 'u').test(name)) return child;
  }
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties;
  return schema.additionalProperties === false || schema.patternProperties !== undefined ? undefined : {};
}

function explainList(schema: SchemaNode, value: readonly unknown[], path: ConfigPath): ConfigProblem[] {
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    return [{ path, message: `must have at least ${schema.minItems} entry` }];
  }
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    return [{ path, message: `has ${value.length} entries; at most ${schema.maxItems} are allowed` }];
  }
  return value.flatMap((item, index) => explainShape(schema.items ?? {}, item, [...path, index]));
}

function explainUnion(schema: SchemaNode, branches: SchemaNode[], value: unknown, path: ConfigPath): ConfigProblem[] {
  if (branches.some((branch) => explainShape(branch, value, path).length === 0)) return [];
  if (branches.every((branch) => branch.const !== undefined)) {
    return [{ path, message: `must be one of ${branches.map((branch) => String(branch.const)).join(', ')}` }];
  }
  if (isSettings(value) && branches.every((branch) => kindOf(branch) !== undefined)) {
    return explainKinds(branches, value, path);
  }
  const meant = branches.find((branch) => fitsType(branch, value));
  if (meant !== undefined) return explainShape(meant, value, path);
  return [{ path, message: wrongType(schema, value, mayBeSecret(path)) }];
}

function explainKinds(branches: SchemaNode[], value: Settings, path: ConfigPath): ConfigProblem[] {
  const branch = branches.find((candidate) => kindOf(candidate) === value['kind']);
  if (branch !== undefined) return explainShape(branch, value, path);
  const kinds = branches.map((candidate) => String(kindOf(candidate)));
  const message = value['kind'] === undefined ? 'is missing' : 'is not a known kind';
  return [{ path: [...path, 'kind'], message: `${message}; write one of ${kinds.join(', ')}` }];
}

function kindOf(schema: SchemaNode): unknown {
  return schema.properties?.['kind']?.const;
}

function fitsType(schema: SchemaNode, value: unknown): boolean {
  switch (schema.type) {
    case 'object':
      return isSettings(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
    case 'number':
      return typeof value === 'number';
    default:
      return typeof value === schema.type;
  }
}
