import type { Express } from 'express';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { AskedPage } from '../metrics/metrics-page.ts';
import { contentTypes } from '../metrics/page-format.ts';
import { acceptedCodings, askedGroups, chosenCoding, preferredFormat } from './metrics-negotiation.ts';
import { type Pieces, sendPage } from './send-page.ts';

export interface MetricsRouteDeps {
  metricsPage(asked: AskedPage): Pieces;
  logger: Logger;
}

/** A few scrapers at once are usual; a crowd would only make each other wait. */
const mostAtOnce = 8;

export function addMetricsRoute(app: Express, { metricsPage, logger }: MetricsRouteDeps): void {
  let openCount = 0;
  /** How long the page with all its groups was the last time. */
  let wholeByteCount = 0;
  app.get('/metrics', async (request, response) => {
    const groups = askedGroups(request.originalUrl);
    const format = preferredFormat(request.headers.accept);
    const codings = acceptedCodings(request.headers['accept-encoding']);
    response.set({ 'content-type': contentTypes[format], vary: 'Accept, Accept-Encoding' });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    if (openCount >= mostAtOnce) throw tooMany();
    openCount += 1;
    try {
      const coding = chosenCoding(codings, request, groups === undefined ? wholeByteCount : 0);
      const sending = { gzip: coding === 'gzip', onlyGzip: !codings.includes('identity') };
      const byteCount = await sendPage(metricsPage({ format, groups }), response, sending);
      if (groups === undefined) wholeByteCount = byteCount;
    } catch (error) {
      if (!response.destroyed) throw error;
      // The connection was cut, so that nobody takes half a page for a whole one.
      logger.error('the metrics page broke off', { cause: messageOf(error) });
    } finally {
      openCount -= 1;
    }
  });
}

function tooMany(): AppError {
  return new AppError('busy', `The metrics page is being read ${mostAtOnce} times at this moment.`, {
    status: 503,
    retryable: true,
    retryAfterSeconds: 5,
  });
}
