import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RemoteWriteConfig } from './config-schema.ts';
import { loadClient } from './post-request.ts';
import { Receiver, type ReceiverOptions } from './receiver.ts';

export interface RemoteWrite {
  /** Notes where new receivers begin, and loads what takes long: to be awaited before the first report may come. */
  prepare(): Promise<void>;
  start(): void;
  /** Takes the receivers of a new configuration; one that is as before goes on undisturbed. */
  reconfigure(configs: readonly RemoteWriteConfig[]): Promise<void>;
  stop(): Promise<void>;
}

export interface RemoteWriteOptions extends Omit<ReceiverOptions, 'config' | 'newestKey'> {
  configs: readonly RemoteWriteConfig[];
}

/** Writes all samples to every configured receiver, each on its own: one that is away holds up no other. */
export function createRemoteWrite({ configs, ...options }: RemoteWriteOptions): RemoteWrite {
  const running = new Map<string, { text: string; receiver: Receiver }>();
  let wanted = configs;
  let changing: Promise<void> = Promise.resolve();
  let isStarted = false;
  /** For the receivers of the start alone. */
  let newestKey: number | undefined;

  async function change(): Promise<void> {
    for (const [id, { text, receiver }] of running) {
      if (isStarted && wanted.some((config) => config.id === id && JSON.stringify(config) === text)) continue;
      await receiver.stop();
      running.delete(id);
      if (!wanted.some((config) => config.id === id)) options.counters.forget(id);
    }
    if (!isStarted) return;
    await removeOthers(options.folder, wanted);
    for (const config of wanted) {
      if (running.has(config.id)) continue;
      const receiver = new Receiver({ ...options, config, newestKey, folder: join(options.folder, config.id) });
      running.set(config.id, { text: JSON.stringify(config), receiver });
      receiver.start();
    }
    newestKey = undefined;
  }

  function changeInTurn(): Promise<void> {
    changing = changing.catch(() => {}).then(change);
    return changing;
  }

  return {
    async prepare() {
      if (wanted.length > 0) await loadClient();
      newestKey = (await options.port.bounds()).lastKey;
    },
    start() {
      isStarted = true;
      void changeInTurn();
    },
    reconfigure(next) {
      wanted = next;
      return changeInTurn();
    },
    stop() {
      isStarted = false;
      return changeInTurn();
    },
  };
}

/** Snapshots that waited for a receiver that is not written to any more; how far it had come stays known. */
async function removeOthers(folder: string, wanted: readonly RemoteWriteConfig[]): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (wanted.some(({ id }) => id === name)) continue;
    // What cannot be removed now is tried again with the next start.
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}
