import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../../shared/errors.ts';
import type { OperatorRow } from '../store/operator-port.ts';

/** Who holds the token in the file `admin-token`. */
export const adminName = 'admin';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const refusal = 'Send "Authorization: Bearer <token>": your own, or the one in the file admin-token.';

/**
 * Lets a request pass that shows the bearer token (RFC 6750) of the administrator or of an operator, compared in constant
 * time with every one that there is, and notes who it is.
 */
export function requireOperator(
  adminToken: string,
  operators: () => Promise<OperatorRow[]>,
): (request: Request, response: Response, next: NextFunction) => Promise<void> {
  const admin = digest(adminToken);
  return async (request, response, next) => {
    const given = /^Bearer (\S{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    const name = given === undefined ? undefined : nameOf(digest(given), admin, await operators());
    if (name === undefined) {
      throw new AppError('not-authenticated', refusal, { status: 401, field: 'authorization' });
    }
    response.locals['operator'] = name;
    next();
  };
}

function nameOf(given: Buffer, admin: Buffer, operators: readonly OperatorRow[]): string | undefined {
  let name = timingSafeEqual(given, admin) ? adminName : undefined;
  for (const row of operators) {
    const expected = Buffer.from(row.tokenHash, 'hex');
    const isTheirs = expected.length === given.length && timingSafeEqual(given, expected);
    if (isTheirs && row.revokedAtMs === undefined) name = row.name;
  }
  return name;
}

/** Who sent a request that was let pass. */
export function operatorOf(response: Response): string {
  const name: unknown = response.locals['operator'];
  if (typeof name === 'string') return name;
  throw new Error('nobody was asked who sends this request');
}
