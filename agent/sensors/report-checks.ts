import Compile from 'typebox/compile';
import { EnvelopeSchema } from '../../shared/report-schema.ts';

/** For tests only (it loads the schema library): checks of single parts of a report against the wire's own schema. */
const parts = EnvelopeSchema.properties.reports.items.properties;
type PartName = keyof typeof parts;

/** @returns the ways in which a value breaks the schema of that part, empty when it does not. */
export function schemaErrors(part: PartName, value: unknown): string[] {
  return Compile(parts[part])
    .Errors(value)
    .map((error) => `${error.instancePath} ${error.message}`);
}
