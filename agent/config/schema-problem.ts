import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

/**
 * The first thing that keeps a value from fitting a schema, as one sentence that names the field; undefined when it
 * fits. Loads the schema library: for short-lived processes only.
 * @param path of the value itself, as a JSON pointer.
 */
export function schemaProblem(schema: TSchema, value: unknown, path: string): string | undefined {
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
