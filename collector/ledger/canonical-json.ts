/** Deeper than anything of ours; what comes from outside must not exhaust the stack. */
const deepest = 64;

/**
 * JSON of exactly one form (RFC 8785): names in the order of their UTF-16 code units, numbers and strings as ECMAScript
 * writes them, nothing between. Two machines that hold the same data hold the same bytes.
 * @throws RangeError for what has no such form: NaN and infinities, lone surrogates, undefined, functions, BigInt, and
 * what is nested deeper than 64.
 */
export function canonicalJson(value: unknown): string {
  return textOf(value, 0);
}

function textOf(value: unknown, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textOfString(value);
  if (typeof value === 'number') return textOfNumber(value);
  if (typeof value !== 'object') throw new RangeError(`canonical JSON has no form for ${typeof value}`);
  if (depth >= deepest) throw new RangeError(`canonical JSON is not nested deeper than ${deepest}`);
  if (Array.isArray(value)) {
    // Not map: it would pass over what is missing.
    let text = '';
    for (let at = 0; at < value.length; at += 1) text += (at === 0 ? '' : ',') + textOf(value[at], depth + 1);
    return `[${text}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new RangeError('canonical JSON has no form for objects of a class');
  }
  let text = '';
  const members = value as Record<string, unknown>;
  // The usual order of sort is that of UTF-16 code units.
  for (const name of Object.keys(members).toSorted()) {
    text += `${text === '' ? '' : ','}${textOfString(name)}:${textOf(members[name], depth + 1)}`;
  }
  return `{${text}}`;
}

function textOfString(value: string): string {
  if (!value.isWellFormed()) throw new RangeError('canonical JSON has no form for a lone surrogate');
  return JSON.stringify(value);
}

function textOfNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`canonical JSON has no form for ${value}`);
  // JSON.stringify writes -0 as 0, as the standard asks.
  return JSON.stringify(value);
}
