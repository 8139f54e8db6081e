import { gunzipSync } from 'node:zlib';
import { AppError } from '../../shared/errors.ts';
import { decompressWithDictionary } from '../../shared/report-dictionary.ts';
import type { Report } from '../../shared/report-schema.ts';
import { dictionaryEncoding } from '../../shared/wire.ts';

/**
 * Largest envelope after decompression. An agent's batch has a quarter of it, and so has one report of a server with a
 * thousand probes; what is above only keeps the process busy.
 */
export const maxDecodedSizeBytes = 1024 * 1024;

/**
 * Undoes the content encoding of a request body.
 * @throws AppError 415 for an unknown encoding, 413 past `maxSizeBytes`, 400 for damaged bytes.
 */
export function decodeBody(encoding: string, body: Buffer, maxSizeBytes = maxDecodedSizeBytes): Buffer {
  try {
    switch (encoding) {
      case 'identity':
        return body;
      case 'gzip':
        return gunzipSync(body, { maxOutputLength: maxSizeBytes });
      case dictionaryEncoding:
        return decompressWithDictionary(body, maxSizeBytes);
      default:
        throw new AppError(
          'unsupported-encoding',
          `The content encoding "${encoding.slice(0, 64)}" is not known; use gzip, ${dictionaryEncoding} or none.`,
          { status: 415, field: 'content-encoding' },
        );
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof RangeError) {
      throw new AppError('body-too-large', `The body decompresses to more than ${maxSizeBytes} bytes.`, {
        status: 413,
        field: 'content-encoding',
        cause,
      });
    }
    throw new AppError('bad-encoding', `The body is not valid ${encoding}.`, { field: 'content-encoding', cause });
  }
}

/** The reports of a body that intake has already accepted, each at its place. */
export function storedReports(encoding: string, body: Buffer): Report[] {
  return (JSON.parse(decodeBody(encoding, body).toString('utf8')) as { reports: Report[] }).reports;
}

/** One report of a body that intake has already accepted. */
export function storedReport(encoding: string, body: Buffer, place: number): Report {
  return reportAt(storedReports(encoding, body), place);
}

export function reportAt(reports: readonly Report[], place: number): Report {
  const report = reports[place];
  if (report === undefined) throw new Error(`a stored body has no report at place ${place}`);
  return report;
}
