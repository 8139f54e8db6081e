import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A request that waits on disk until it is delivered. */
export interface QueuedRequest {
  name: string;
  sampleCount: number;
  atMs: number;
}

/** A bounded queue of packed requests, one file each, so that a delivered one is gone at once and nothing is rewritten. */
export interface RequestQueue {
  /**
   * On disk when it resolves; the oldest requests make room.
   * @throws what the file system throws; the request is then not in the queue.
   */
  push(body: Uint8Array, about: { sampleCount: number; atMs: number }): Promise<void>;
  /** The one to be sent next; it stays, whatever needs room, until it is removed. */
  oldest(): QueuedRequest | undefined;
  /** @throws what the file system throws. */
  read(request: QueuedRequest): Promise<Buffer>;
  remove(request: QueuedRequest): Promise<void>;
  sizeBytes(): number;
}

export interface RequestQueueOptions {
  maxSizeBytes: number;
  /** Told how many samples had to go. */
  onDropped(sampleCount: number): void;
}

interface Entry extends QueuedRequest {
  sizeBytes: number;
}

const namePattern = /^(\d{12})-(\d{1,6})-(\d{1,15})\.snappy$/;

/** @throws what the file system throws. */
export async function openRequestQueue(folder: string, options: RequestQueueOptions): Promise<RequestQueue> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const entries = await readEntries(folder);
  let sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  let nextNumber = Number(entries.at(-1)?.name.slice(0, 12) ?? 0) + 1;

  let held: QueuedRequest | undefined;

  async function remove(request: QueuedRequest): Promise<void> {
    const index = entries.findIndex(({ name }) => name === request.name);
    const [entry] = index < 0 ? [] : entries.splice(index, 1);
    if (entry === undefined) return;
    sizeBytes -= entry.sizeBytes;
    await rm(join(folder, entry.name), { force: true });
  }

  async function makeRoom(neededBytes: number): Promise<void> {
    while (sizeBytes + neededBytes > options.maxSizeBytes) {
      const first = entries.find((entry) => entry !== held);
      if (first === undefined) return;
      await remove(first);
      options.onDropped(first.sampleCount);
    }
  }

  return {
    async push(body, { sampleCount, atMs }) {
      await makeRoom(body.length);
      const name = `${String(nextNumber).padStart(12, '0')}-${sampleCount}-${Math.round(atMs)}.snappy`;
      nextNumber += 1;
      await writeDurably(folder, name, body);
      entries.push({ name, sampleCount, atMs, sizeBytes: body.length });
      sizeBytes += body.length;
    },
    oldest: () => (held = entries[0]),
    read: (request) => readFile(join(folder, request.name)),
    remove,
    sizeBytes: () => sizeBytes,
  };
}

/** What waits from before, in order; what was being written when the process ended is taken away. */
async function readEntries(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const [, , sampleCount, atMs] = namePattern.exec(name) ?? [];
    if (sampleCount === undefined) await rm(join(folder, name), { force: true });
    else {
      const { size } = await stat(join(folder, name));
      entries.push({ name, sampleCount: Number(sampleCount), atMs: Number(atMs), sizeBytes: size });
    }
  }
  return entries;
}

async function writeDurably(folder: string, name: string, body: Uint8Array): Promise<void> {
  const partial = join(folder, `${name}.part`);
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, join(folder, name));
    await syncFolder(folder);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}

/** Makes the new name durable; systems that cannot open a folder have nothing to sync. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
