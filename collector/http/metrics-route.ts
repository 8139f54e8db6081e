import type { Express } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { AskedPage } from '../metrics/metrics-page.ts';
import { contentTypes } from '../metrics/page-format.ts';
import { askedGroups, preferredFormat } from './metrics-negotiation.ts';

export interface MetricsRouteDeps {
  /** Piece by piece; each holds until the next is asked for. */
  metricsPage(asked: AskedPage): Iterable<string | Buffer> | AsyncIterable<string | Buffer>;
  logger: Logger;
}

export function addMetricsRoute(app: Express, { metricsPage, logger }: MetricsRouteDeps): void {
  app.get('/metrics', async (request, response) => {
    const groups = askedGroups(request.originalUrl);
    const format = preferredFormat(request.headers.accept);
    response.set({ 'content-type': contentTypes[format], vary: 'Accept, Accept-Encoding' });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    try {
      await pipeline(Readable.from(metricsPage({ format, groups })), response);
    } catch (error) {
      // The connection is cut, so that nobody takes half a page for a whole one. A reader that left is no failure.
      if (!isReaderGone(error)) logger.error('the metrics page broke off', { cause: messageOf(error) });
    }
  });
}

function isReaderGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
}
