import { type AtEnd, type Running, startProgram } from './programs.ts';
import { waitUntil } from './wait-until.ts';

/** A program of others that serves HTTP on 127.0.0.1 and keeps its data in a folder of its own. */
export interface ServedProgram {
  url: string;
  /** Everything it has printed since it was started last. */
  output(): string;
  /** @param signal SIGKILL leaves it no time to tidy up. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port and the same data; one that runs is ended first. @param signal as for `end` */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface Start {
  /** The whole command for a port; a program that chooses one itself gets 0 at first. */
  command(port: number): string[];
  /** Which port it listens on, from what it prints; undefined while it has not said so. */
  portOf(output: string): number | undefined;
  readyPath: string;
  /** The first port; 0 when left out. */
  port?: number;
  atEnd?: AtEnd | undefined;
}

const readyWithinMs = 30_000;

/** Starts a program and waits until it says that it is ready. @throws Error with what it printed when it does not. */
export async function startServed(start: Start): Promise<ServedProgram> {
  let running = startProgram(start.command(start.port ?? 0), {}, start.atEnd);
  const port = await orItsWords(
    running,
    waitUntil('its port', () => start.portOf(running.output()), readyWithinMs),
  );
  const url = `http://127.0.0.1:${port}`;
  await untilReady(running, `${url}${start.readyPath}`);
  return {
    url,
    output: () => running.output(),
    end: async (signal = 'SIGTERM') => void (await running.signal(signal)),
    async restart(signal = 'SIGTERM') {
      await running.signal(signal);
      running = startProgram(start.command(port), {}, start.atEnd);
      await untilReady(running, `${url}${start.readyPath}`);
    },
  };
}

async function untilReady(running: Running, url: string): Promise<void> {
  const isReady = async () => (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  await orItsWords(running, waitUntil(`${url} to be ready`, isReady, readyWithinMs));
}

/** What is waited for, or what the program said when it ended instead or took too long. */
async function orItsWords<Value>(running: Running, wanted: Promise<Value>): Promise<Value> {
  const ended = running.exited.then((code) => {
    throw new Error(`it ended with ${code}`);
  });
  try {
    return await Promise.race([wanted, ended]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not ready';
    throw new Error(`${running.process.spawnargs[0]}: ${reason}. It said: ${running.output().slice(-1000)}`, {
      cause: error,
    });
  }
}
