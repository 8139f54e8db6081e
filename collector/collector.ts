import type { Server } from 'node:http';
import { assemble, type CollectorOptions } from './assemble.ts';
import type { PantauConfig } from './config/schema.ts';
import type { ApiView } from './http/resource.ts';
import type { Judging } from './incidents/judging.ts';
import { listen } from './listen.ts';
import { publicUrl } from './public-address.ts';

export type { CollectorOptions } from './assemble.ts';

export interface Collector {
  /** Base URL that agents and operators use. */
  url: string;
  port: number;
  /** SHA-256 of the TLS certificate, or undefined on plain HTTP. */
  fingerprint: string | undefined;
  judging: Judging;
  view(): ApiView;
  /** Takes a new configuration without a restart; address and TLS need one. */
  reload(config: PantauConfig): Promise<void>;
  /** A new configuration could not be read: its metrics say so. */
  refuseConfiguration(): void;
  /** Answers what has arrived, writes what is waiting, closes everything. */
  stop(): Promise<void>;
}

/** Builds a whole collector and starts it. @throws AppError that says in one sentence why it cannot start. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const parts = await assemble(options);
  const health = parts.own.watch(parts.view);
  const noteConfiguration = (isTaken: boolean) => health.noteConfiguration(isTaken, options.clock.nowMs());
  let listening: Awaited<ReturnType<typeof listen>>;
  try {
    listening = await listen({ ...options.config.listen, tls: parts.tls, handler: parts.handler });
  } catch (error) {
    await parts.store.close();
    throw error;
  }
  const { server, port } = listening;
  await parts.judging.start();
  parts.registers.start();
  parts.serviceDesk.start();
  parts.sender.start();
  parts.maintenance.start();
  parts.remoteWrite.start();
  parts.monthlyReports.start();
  parts.ledgerWriter.start();
  return {
    url: publicUrl(options.config, port),
    port,
    fingerprint: parts.tls?.fingerprint,
    judging: parts.judging,
    view: parts.view,
    async reload(config) {
      await parts.reload(config).catch((error: unknown) => {
        noteConfiguration(false);
        throw error;
      });
      noteConfiguration(true);
    },
    refuseConfiguration: () => noteConfiguration(false),
    async stop() {
      await closeServer(server, () => parts.intake.close());
      await parts.monthlyReports.stop();
      await parts.remoteWrite.stop();
      await parts.maintenance.stop();
      await parts.serviceDesk.stop();
      await parts.registers.stop();
      await parts.judging.stop();
      await parts.sender.stop();
      // The last: what the others did while they ended is in it.
      await parts.ledgerWriter.stop();
      parts.own.stop();
      await parts.store.close();
    },
  };
}

/** Takes no new connection, answers what has arrived, and cuts whoever is still there after a while. */
async function closeServer(server: Server, finishWork: () => Promise<void>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const forced = setTimeout(() => server.closeAllConnections(), 3000);
  await finishWork();
  server.closeIdleConnections();
  await closed;
  clearTimeout(forced);
}
