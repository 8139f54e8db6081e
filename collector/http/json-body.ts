import type { NextFunction, Request } from 'express';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError } from '../../shared/errors.ts';

/** Longer than any text that a person writes into a form. */
export const longestBody = '64kb';

/**
 * Lets a request pass that says it sends JSON, or says nothing.
 * @throws AppError `unsupported-media-type`.
 */
export function expectJson(request: Pick<Request, 'headers' | 'is'>, _response: unknown, next: NextFunction): void {
  const isOther = request.headers['content-type'] !== undefined && request.is('json') === false;
  if (isOther) throw new AppError('unsupported-media-type', 'Send the body as application/json.', { status: 415 });
  next();
}

/**
 * Reads a request's body against a schema; an empty one is an empty object.
 * @throws AppError `bad-body` that names the field which is wrong.
 */
export function bodyReader<Schema extends TSchema>(schema: Schema): (body: unknown) => Static<Schema> {
  const check = Compile(schema);
  return (body) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const data: unknown = bytes.length === 0 ? {} : parsed(bytes);
    if (check.Check(data)) return data;
    const [first] = check.Errors(data);
    const field = first?.instancePath === '' ? '/' : (first?.instancePath ?? '/');
    throw new AppError('bad-body', `The body is wrong at ${field}: ${first?.message ?? 'unknown'}.`, {
      status: 422,
      field,
    });
  };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('bad-body', 'The body is not JSON.', { status: 400, field: '/', cause });
  }
}
