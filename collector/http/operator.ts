import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../../shared/errors.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets a request pass that shows the operator's bearer token (RFC 6750), compared in constant time. */
export function requireOperator(token: string): (request: Request, response: Response, next: NextFunction) => void {
  const expected = digest(token);
  return (request, _response, next) => {
    const given = /^Bearer (\S{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), expected)) {
      next(
        new AppError(
          'not-authenticated',
          'Send "Authorization: Bearer <token>"; the token is in the file admin-token.',
          {
            status: 401,
            field: 'authorization',
          },
        ),
      );
      return;
    }
    next();
  };
}
