import { AppError } from '../../shared/errors.ts';
import type { Query, QueryParameter } from './resource.ts';

const longestValue = 256;

/**
 * The parameters of a list out of what was asked; others are left alone.
 * @throws AppError `bad-query` that names the parameter and says what it must be.
 */
export function readQuery(given: Readonly<Record<string, unknown>>, parameters: readonly QueryParameter[]): Query {
  const query: Record<string, string | undefined> = { pd: single(given, 'pd', 'the id of one department') };
  for (const { name, pattern, form } of parameters) {
    const value = single(given, name, form);
    const fits = value === undefined || (value.length <= longestValue && new RegExp(pattern).test(value));
    if (!fits) throw badQuery(name, `${name} must be ${form}.`);
    query[name] = value;
  }
  return query;
}

function single(given: Readonly<Record<string, unknown>>, name: string, form: string): string | undefined {
  const value = given[name];
  if (value === undefined || typeof value === 'string') return value;
  throw badQuery(name, `${name} must be ${form}.`);
}

export function badQuery(field: string, message: string): AppError {
  return new AppError('bad-query', message, { status: 422, field });
}

/** @throws AppError `bad-query` for what is no whole number within the range. */
export function wholeNumber(
  query: Readonly<Record<string, unknown>>,
  name: string,
  range: { least: number; most: number; otherwise: number },
): number {
  const given = query[name];
  if (given === undefined) return range.otherwise;
  const value = typeof given === 'string' && /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= range.least && value <= range.most) return value;
  throw badQuery(name, `${name} must be a whole number from ${range.least} to ${range.most}.`);
}
