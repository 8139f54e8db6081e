import type { JsonObject, JsonValue } from '../../../../ledger/entry.ts';

/**
 * What has a canonical form, of anything that was JSON once: halves of characters, which a report may bring, are replaced
 * as in every text that is kept, and what is undefined is left out.
 */
export function plainJson(value: object): JsonObject {
  return plainValue(value) as JsonObject;
}

function plainValue(value: unknown): JsonValue {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (value === null || typeof value !== 'object') return null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name.toWellFormed(), plainValue(member)]));
}
