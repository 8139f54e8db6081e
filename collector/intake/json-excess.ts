/** Longest list and most fields that any part of an envelope may have (shared/report-schema.ts), and one more. */
const mostItems = 1025;
const mostFields = 65;
/** No part of an envelope is nested deeper. */
const mostLevels = 12;

/** The smallest body worth counting; below it even the worst is parsed in a blink. */
const countedFromBytes = 128 * 1024;
/** A megabyte of honest reports has fewer objects and lists than this. */
const mostContainers = 12_000;
const openBrace = 0x7b;
const openBracket = 0x5b;

/** Whether a JSON text has more objects and lists than any honest one; braces inside of texts count too. */
export function isTooComplex(bytes: Uint8Array): boolean {
  if (bytes.length < countedFromBytes) return false;
  let count = 0;
  for (const byte of bytes) {
    if (byte === openBrace || byte === openBracket) count += 1;
  }
  return count > mostContainers;
}

/** A copy of parsed JSON without what is beyond the schema's own limits; what is too long stays too long by one. */
export function withoutExcess(value: unknown, levels = mostLevels): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => withoutExcess(item, levels - 1));
  const copy: [string, unknown][] = [];
  for (const name in value) {
    if (copy.length === mostFields) break;
    copy.push([name, withoutExcess((value as Record<string, unknown>)[name], levels - 1)]);
  }
  return Object.fromEntries(copy);
}
