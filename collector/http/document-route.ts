import type { Express } from 'express';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { ApiView } from './resource.ts';

/** Lets an operator fetch a file that the collector keeps; what it is called comes from the register, never from the request. */
export function addDocumentRoute(app: Express, view: () => Pick<ApiView, 'store'>, dataFolder: string): void {
  app.get('/api/v1/documents/:key/:file', async (request, response) => {
    const { key, file } = request.params;
    const document = /^\d{1,12}$/.test(key) ? await view().store.documents.byKey(Number(key)) : undefined;
    const known = document?.files.find((each) => each.file === file);
    if (document?.folder === undefined || known === undefined) throw notThere();
    const path = join(dataFolder, document.folder, known.file);
    await new Promise<void>((resolve, reject) => {
      response.download(path, known.file, { dotfiles: 'allow' }, (error: Error | undefined) => {
        if (error === undefined) resolve();
        else if (response.headersSent) resolve();
        else reject(notThere(error));
      });
    });
  });
}

function notThere(cause?: unknown): AppError {
  const message =
    'No file of this name is kept: it was written elsewhere, or it is older than reports.monthly.keepMonths.';
  return new AppError('not-found', message, { status: 404, cause });
}
