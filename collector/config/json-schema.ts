import type { Settings } from './json-node.ts';
import { isSettings } from './json-node.ts';
import { PantauConfigSchema } from './schema.ts';

/** The JSON Schema of `pantau.yaml` for editors: keys that have a default are not required there. */
export function configJsonSchema(): Settings {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'pantau.yaml',
    description: 'Configuration of the Pantau collector',
    ...withoutDefaultedRequirements(JSON.parse(JSON.stringify(PantauConfigSchema)) as Settings),
  };
}

function withoutDefaultedRequirements(schema: Settings): Settings {
  const { required, properties, ...rest } = schema;
  const result: Settings = {};
  for (const [name, value] of Object.entries(rest)) result[name] = name === 'default' ? value : descend(value);
  if (isSettings(properties)) {
    result['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, child]) => [name, descend(child)]),
    );
    const needed = Array.isArray(required) ? required.filter((name) => !hasDefault(properties[String(name)])) : [];
    if (needed.length > 0) result['required'] = needed;
  }
  return result;
}

function descend(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(descend);
  return isSettings(value) ? withoutDefaultedRequirements(value) : value;
}

function hasDefault(schema: unknown): boolean {
  return isSettings(schema) && schema['default'] !== undefined;
}
