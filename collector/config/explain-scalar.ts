import { describeType, describeValue, type SchemaNode } from './json-node.ts';

/** What is wrong with a text, number or truth value; undefined when it fits. `shown` is the value as it may be told. */
export function explainScalar(schema: SchemaNode, value: unknown, shown: string): string | undefined {
  if (schema.const !== undefined) {
    return value === schema.const ? undefined : `must be ${JSON.stringify(schema.const)}`;
  }
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' ? explainText(schema, value, shown) : wrongType(schema, value);
    case 'number':
    case 'integer':
      return typeof value === 'number' ? explainNumber(schema, value) : wrongType(schema, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType(schema, value);
    default:
      return wrongType(schema, value);
  }
}

export function wrongType(schema: SchemaNode, value: unknown): string {
  const hint = schema.type === 'string' && value !== null && typeof value !== 'object' ? '; put it in quotes' : '';
  return value === null || value === undefined
    ? `is empty; write ${describeType(schema)} or take the key out`
    : `must be ${describeType(schema)}, and this is ${describeValue(value)}${hint}`;
}

function explainText(schema: SchemaNode, text: string, shown: string): string | undefined {
  if (schema.minLength !== undefined && Array.from(text).length < schema.minLength) {
    return text === '' ? 'must not be empty' : `must have at least ${schema.minLength} characters`;
  }
  if (schema.maxLength !== undefined && Array.from(text).length > schema.maxLength) {
    return `must have at most ${schema.maxLength} characters`;
  }
  if (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text)) return undefined;
  return `${shown} does not fit; write ${schema.description ?? `text of the form ${schema.pattern}`}`;
}

function explainNumber(schema: SchemaNode, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum } = schema;
  if (!Number.isFinite(value)) return 'must be a number that ends';
  if (schema.type === 'integer' && !Number.isInteger(value)) return 'must be a whole number';
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `must be more than ${exclusiveMinimum}`;
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}`;
  return undefined;
}
