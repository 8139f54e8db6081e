import { isUtf8 } from 'node:buffer';
import { Compile } from 'typebox/compile';
import { AppError } from '../../shared/errors.ts';
import { type Envelope, EnvelopeSchema } from '../../shared/report-schema.ts';
import { isTooComplex, withoutExcess } from './json-excess.ts';

const check = Compile(EnvelopeSchema);
const checkReport = Compile(EnvelopeSchema.properties.reports.items);
const mostReports = 50;

/**
 * @param bytes decoded body.
 * @throws AppError 400 when it is not JSON in UTF-8, 413 when it has too many parts, 422 that names the first field
 * against the schema.
 */
export function parseEnvelope(bytes: Buffer): Envelope {
  const data = parseJson(bytes);
  if (check.Check(data)) return data;
  throw schemaProblem(data);
}

function parseJson(bytes: Buffer): unknown {
  // Decoding would put replacement characters in place of bad bytes, and the text kept would not be what was signed.
  if (!isUtf8(bytes)) throw new AppError('not-utf-8', 'The body is not text in UTF-8.');
  if (isTooComplex(bytes)) {
    throw new AppError('body-too-complex', 'The body has far more parts than 50 reports have.', { status: 413 });
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('not-json', 'The body is not JSON.', { cause });
  }
}

function schemaProblem(data: unknown): AppError {
  const { shown, place } = firstSuspect(data);
  // The most deeply nested complaint is the cause; the others only say that its parents do not fit either.
  const errors = check.Errors(shown).toSorted((a, b) => depth(b.instancePath) - depth(a.instancePath));
  const [worst] = errors;
  const path = worst?.instancePath === undefined || worst.instancePath === '' ? '/' : worst.instancePath;
  const field = path.replace(/^\/reports\/0(?=\/|$)/, `/reports/${place}`).slice(0, 200);
  const message = worst?.keyword === 'boolean' ? 'is not a known field' : (worst?.message ?? 'does not fit');
  return new AppError('invalid-report', `${field} ${message}.`, { status: 422, field });
}

/**
 * A small stand-in for the whole that is wrong in the same way: explaining what is wrong costs a thousand times what
 * finding it costs, and a hostile body has a million wrong parts.
 * @returns also the place of the only report that is left.
 */
function firstSuspect(data: unknown): { shown: unknown; place: number } {
  const reports = (data as { reports?: unknown } | null)?.reports;
  if (!Array.isArray(reports)) return { shown: withoutExcess(data), place: 0 };
  if (reports.length > mostReports) {
    const message = `/reports must not have more than ${mostReports} items.`;
    throw new AppError('invalid-report', message, { status: 422, field: '/reports' });
  }
  const found = reports.findIndex((report) => !checkReport.Check(report));
  const place = Math.max(found, 0);
  return { shown: withoutExcess({ ...(data as object), reports: reports.slice(place, place + 1) }), place };
}

function depth(path: string): number {
  return path.split('/').length;
}
