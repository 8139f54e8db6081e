/** Careful reading of what backup tools print. Each gives undefined for what is not of its kind. */

export type Fields = Readonly<Record<string, unknown>>;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number from 0 on that a report can carry. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The id of a restic snapshot or repository, a borg archive or repository. */
export function hexIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
}

/**
 * A moment as RFC 3339 text, in the form that reports carry.
 * @param assumedZone is put behind a time that names no zone, which is no moment otherwise.
 */
export function instantOf(value: unknown, assumedZone?: 'Z'): string | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/.exec(value);
  const zone = match?.[2] ?? assumedZone;
  return match === null || zone === undefined ? undefined : instantOfMs(Date.parse(`${match[1]}${zone}`));
}

/** A moment in seconds since the epoch. */
export function instantOfSeconds(value: unknown): string | undefined {
  return typeof value === 'number' ? instantOfMs(value * 1000) : undefined;
}

function instantOfMs(atMs: number): string | undefined {
  if (!Number.isFinite(atMs) || Math.abs(atMs) > 8.64e15) return undefined;
  const text = new Date(atMs).toISOString();
  // A year of more than four digits is written with a sign, which no report carries.
  return /^\d/.test(text) ? text : undefined;
}

/** The last line with something in it. */
export function lastLineOf(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
