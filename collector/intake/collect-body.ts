import type { IncomingMessage } from 'node:http';
import { AppError } from '../../shared/errors.ts';

export function bodyTooLarge(maxSizeBytes: number): AppError {
  return new AppError('body-too-large', `The body is larger than ${maxSizeBytes} bytes.`, { status: 413 });
}

/**
 * Calls back once: with the whole body, or with the error that ended it. A connection that breaks calls nobody. Of what
 * is too large as much again is read and thrown away: a sender that still sends when the connection is closed may never
 * see the answer.
 */
export function collectBody(
  request: IncomingMessage,
  maxSizeBytes: number,
  done: (error: AppError | undefined, body: Buffer) => void,
): void {
  let chunks: Buffer[] = [];
  readThrough(request, 2 * maxSizeBytes, {
    onChunk(chunk, sizeBytes) {
      if (sizeBytes <= maxSizeBytes) chunks.push(chunk);
      else chunks = [];
    },
    onDone(sizeBytes) {
      if (sizeBytes > maxSizeBytes) done(bodyTooLarge(maxSizeBytes), Buffer.alloc(0));
      else done(undefined, chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    },
  });
}

/** Reads a body that nobody wants, for the same reason. Calls back once, unless the connection breaks. */
export function discardBody(request: IncomingMessage, maxSizeBytes: number, done: () => void): void {
  if (Number(request.headers['content-length'] ?? 0) > maxSizeBytes) done();
  else readThrough(request, maxSizeBytes, { onChunk: () => {}, onDone: done });
}

function readThrough(
  request: IncomingMessage,
  maxSizeBytes: number,
  reader: { onChunk(chunk: Buffer, sizeBytes: number): void; onDone(sizeBytes: number): void },
): void {
  let sizeBytes = 0;
  let isDone = false;
  const finish = () => {
    if (!isDone) reader.onDone(sizeBytes);
    isDone = true;
  };
  request.on('data', (chunk: Buffer) => {
    if (isDone) return;
    sizeBytes += chunk.length;
    reader.onChunk(chunk, sizeBytes);
    if (sizeBytes > maxSizeBytes) finish();
  });
  request.on('end', finish);
  // Without a listener a connection that breaks would end the process.
  request.on('error', () => {});
}
