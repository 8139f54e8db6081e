import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enrolAgent } from '../kit/enrolled-agent.ts';
import { agentMain, type Running, startProgram } from '../kit/programs.ts';
import { createBoot } from './boot.ts';
import type { Namespace } from './namespaces.ts';

/** A server of a department, or of the Pusat Data, with an agent as its service. */
export interface Server {
  at: Namespace;
  node: string;
  /** The machine starts: from now on it has a new boot id and an uptime that began here. */
  boot: () => void;
  /** The service is stopped, the machine runs on. */
  stopAgent: () => Promise<void>;
  startAgent: () => void;
  /** Everything that runs on it ends at once. */
  die: () => Promise<void>;
  /** Everything that its agent printed since it was started last. */
  output(): string;
}

export interface ServerOptions {
  at: Namespace;
  pd: string;
  node: string;
  roles?: string[];
  dataFolder: string;
  collector: { dataFolder: string; url: string };
}

/** Enrols an agent on the machine. It has no boot yet. */
export async function installServer(options: ServerOptions): Promise<Server> {
  const { at, pd, node, dataFolder, collector } = options;
  await enrolAgent({
    collectorData: collector.dataFolder,
    collectorUrl: collector.url,
    agentData: dataFolder,
    pd,
    node,
    prefix: at.exec,
    allowPlainHttp: true,
    ...(options.roles === undefined ? {} : { roles: options.roles }),
  });
  const machine = createBoot(dataFolder);
  let running: Running | undefined;
  const server: Server = {
    at,
    node,
    boot() {
      machine.renew();
      server.startAgent();
    },
    startAgent() {
      const command = [process.execPath, agentMain, 'run', '--data', dataFolder];
      running = startProgram([...at.exec, ...machine.under(command)], {
        NODE_COMPILE_CACHE: join(dataFolder, 'cache'),
      });
    },
    async stopAgent() {
      const lock = readFileSync(join(dataFolder, 'agent.lock'), 'utf8');
      process.kill(Number(lock.split(' ')[0]), 'SIGTERM');
      await running?.exited;
    },
    async die() {
      at.killAll();
      await running?.exited;
    },
    output: () => running?.output() ?? '',
  };
  return server;
}
