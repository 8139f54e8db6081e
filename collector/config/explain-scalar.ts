import { describeType, describeValue, type SchemaNode } from './json-node.ts';

/** What is wrong with a text, number or truth value; undefined when it fits. `shown` is the value as it may be told. */
export function explainScalar(
  schema: SchemaNode,
  value: unknown,
  { shown, isSecret }: { shown: string; isSecret: boolean },
): string | undefined {
  if (schema.const !== undefined) {
    return value === schema.const ? undefined : `must be ${JSON.stringify(schema.const)}`;
  }
  switch (schema.type) {
    case 'string':
      return typeof value === 'string'
        ? explainText(schema, value, shown)
        : explainNoText(schema, value, { shown, isSecret });
    case 'number':
    case 'integer':
      return typeof value === 'number' ? explainNumber(schema, value) : wrongType(schema, value, isSecret);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType(schema, value, isSecret);
    default:
      return wrongType(schema, value, isSecret);
  }
}

/** @param isSecret the value must not be repeated. */
export function wrongType(schema: SchemaNode, value: unknown, isSecret = false): string {
  if (value === null || value === undefined) return `is empty; write ${describeType(schema)} or take the key out`;
  const hint = typeHint(schema, value, isSecret);
  return `must be ${describeType(schema)}, and this is ${describeValue(value)}${hint === undefined ? '' : `; ${hint}`}`;
}

const truthWords: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

/** What to write instead of a value of another type. */
function typeHint(schema: SchemaNode, value: unknown, isSecret: boolean): string | undefined {
  switch (schema.type) {
    case 'string':
      return typeof value === 'object' ? undefined : 'put it in quotes';
    case 'boolean':
      return truthHint(value);
    case 'integer':
    case 'number':
      return numberHint(schema, value, isSecret);
    case 'array':
      return listHint(value, isSecret);
    case 'object': {
      const [first] = [...(schema.required ?? []), ...Object.keys(schema.properties ?? {})];
      return first === undefined ? undefined : `write { ${first}: … }`;
    }
    default:
      return undefined;
  }
}

function truthHint(value: unknown): string {
  const meant = typeof value === 'string' ? value.toLowerCase() : '';
  return Object.hasOwn(truthWords, meant) ? `write ${truthWords[meant]}` : 'write one of the two, without quotes';
}

function numberHint(schema: SchemaNode, value: unknown, isSecret: boolean): string {
  const isNumeric = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
  return isNumeric && !isSecret ? `write ${value}, without quotes` : `write one such as ${exampleNumber(schema)}`;
}

function listHint(value: unknown, isSecret: boolean): string {
  if (typeof value === 'object') return 'put "- " before its first line, and indent the others as far';
  return !isSecret && isPlain(value)
    ? `write [${JSON.stringify(value)}]`
    : 'write its entries in brackets: [first, second]';
}

function exampleNumber({ default: usual, minimum, maximum }: SchemaNode): number {
  if (typeof usual === 'number') return usual;
  return Math.min(Math.max(minimum ?? 10, 10), maximum ?? 10);
}

/** Short enough to be repeated, and the same in brackets. */
function isPlain(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^[A-Za-z0-9.:/_-]{1,64}$/.test(value));
}

/** Quotes help only where the value would then fit. */
function explainNoText(
  schema: SchemaNode,
  value: unknown,
  { shown, isSecret }: { shown: string; isSecret: boolean },
): string {
  if (typeof value !== 'number' && typeof value !== 'boolean') return wrongType(schema, value, isSecret);
  return explainText(schema, String(value), shown) ?? wrongType(schema, value, isSecret);
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
