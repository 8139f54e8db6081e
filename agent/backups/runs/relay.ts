import { write } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Carries a pipe's bytes to one of our outputs. */
export interface Relay {
  /** Everything has been carried; the system's code of the failure when the output took no more (`EPIPE`, `ENOSPC`). */
  done: Promise<string | undefined>;
  carriedBytes(): number;
  /** Whether a piece waits for the output to take it. */
  isWriting(): boolean;
  /** Stops reading, once what was read has been carried, so that another process can go on. */
  stop(): Promise<void>;
}

const chunkBytes = 64 * 1024;
const writeAsync = promisify(write);

/**
 * Bytes arrive as they are, in order, at the speed of the one who reads them. Writing happens on Node's file threads and
 * not through its streams: those would switch the output, which our caller may share with others, to another mode, or
 * would hold up signals while the reader is slow.
 * @param onChunk sees each piece; it must not keep it.
 */
export function startRelay(readFd: number, toFd: number, onChunk: (chunk: Uint8Array) => void = () => {}): Relay {
  let writing: Promise<void> | undefined;
  let isStopped = false;
  let carriedBytes = 0;
  const { promise: done, resolve: finish } = Promise.withResolvers<string | undefined>();

  const carry = async (chunk: Uint8Array): Promise<void> => {
    try {
      onChunk(chunk);
      await writeAll(toFd, chunk);
      carriedBytes += chunk.length;
      writing = undefined;
      if (!isStopped) socket.resume();
    } catch (error) {
      writing = undefined;
      finish((error as NodeJS.ErrnoException).code ?? 'EIO');
      // The command finds its output closed, as it would without us.
      socket.destroy();
    }
  };
  const socket = new Socket({
    fd: readFd,
    readable: true,
    writable: false,
    onread: {
      buffer: Buffer.alloc(chunkBytes),
      callback(byteCount, buffer) {
        writing = carry(buffer.subarray(0, byteCount));
        // Nothing more until this piece is written: the buffer is used again.
        return false;
      },
    },
  });
  socket.once('end', () => finish(undefined));
  socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'EIO'));
  socket.resume();
  return {
    done,
    carriedBytes: () => carriedBytes,
    isWriting: () => writing !== undefined,
    async stop() {
      isStopped = true;
      socket.pause();
      await writing;
      socket.unref();
    },
  };
}

async function writeAll(fd: number, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) {
    try {
      const { bytesWritten } = await writeAsync(fd, chunk, at, chunk.length - at, null);
      at += bytesWritten;
    } catch (error) {
      // Somebody has set our output to not wait; then we do.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      await pause(5);
    }
  }
}
