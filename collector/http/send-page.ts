import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Piece by piece; each holds until the next is asked for. */
export type Pieces = Iterable<string | Buffer> | AsyncIterable<string | Buffer>;

export interface SendOptions {
  /** Whether the reader takes gzip; a page that is hardly longer than its headers is sent as it is all the same. */
  gzip: boolean;
  /** Whether the reader takes nothing but gzip. */
  onlyGzip?: boolean;
  /** After so long without taking a byte the reader is taken for gone; 30 s when absent. */
  stallMs?: number;
}

const usualStallMs = 30_000;
/** Nor is a page kept open for a reader that takes it byte by byte. */
const longestMs = 300_000;
const leastGzipBytes = 1024;

/**
 * Sends pieces as fast as the reader takes them and holds one at a time; ends the work when the reader leaves or stalls,
 * which is no failure. @returns how many bytes the pieces had. @throws what the pieces throw; the connection is cut when something of the page was sent.
 */
export async function sendPage(pieces: Pieces, response: ServerResponse, options: SendOptions): Promise<number> {
  const { stallMs = usualStallMs } = options;
  const timer = setTimeout(() => response.destroy(), longestMs).unref();
  response.setTimeout(stallMs, () => response.destroy());
  const over = finished(response).catch(() => {});
  try {
    const byteCount = await sendAll(pieces, response, { ...options, over });
    await over;
    return byteCount;
  } catch (error) {
    if (response.headersSent || response.hasHeader('content-encoding')) response.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

interface Sending extends SendOptions {
  /** Resolves when all is sent or the reader is gone. */
  over: Promise<void>;
}

async function sendAll(pieces: Pieces, response: ServerResponse, options: Sending): Promise<number> {
  let byteCount = 0;
  let target: Writable | undefined;
  /** What came first, until it is known whether more follows. */
  let first: Buffer | undefined;
  for await (const piece of pieces) {
    if (response.destroyed) return byteCount;
    byteCount += Buffer.byteLength(piece);
    if (target === undefined && first === undefined) {
      first = Buffer.from(piece as string);
      continue;
    }
    if (target === undefined) {
      target = open(response, options.gzip);
      await write(target, first ?? '', options);
    }
    await write(target, piece, options);
  }
  if (target !== undefined) {
    target.end();
    return byteCount;
  }
  const whole = first ?? Buffer.alloc(0);
  if (options.gzip && (whole.length >= leastGzipBytes || options.onlyGzip === true)) {
    open(response, true).end(whole);
  } else {
    response.setHeader('content-length', whole.length);
    response.end(whole);
  }
  return byteCount;
}

function open(response: ServerResponse, isGzip: boolean): Writable {
  if (!isGzip) return response;
  response.setHeader('content-encoding', 'gzip');
  // The fastest level makes a fifteenth of a page; higher ones cost much and win little.
  const gzip = createGzip({ level: 1, chunkSize: 64 * 1024 });
  gzip.pipe(response);
  response.once('close', () => gzip.destroy());
  return gzip;
}

/** Resolves when the bytes are no longer needed here, which they are not either when nobody takes them. */
async function write(target: Writable, piece: string | Buffer, { over }: Sending): Promise<void> {
  const taken = new Promise<void>((resolve) => {
    target.write(piece, () => resolve());
  });
  await Promise.race([taken, over]);
}
