import { systemClock, systemRandom } from '../../../shared/clock.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { PantauConfig } from '../../config/schema.ts';
import { attachmentsIn, databaseIn } from '../../data-folder.ts';
import { createAttachments } from '../../registers/attachments.ts';
import { createRegisterDesk, type RegisterDesk } from '../../registers/desk.ts';
import { openRegisters } from '../../registers/registers.ts';
import { seenMachines } from '../../registers/seen-machines.ts';
import type { SeenMachine } from '../../registers/seed-hardware.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { CommandIo } from '../command.ts';
import { existingSource } from '../config-source.ts';

export interface OpenDesk {
  desk: RegisterDesk;
  config: PantauConfig;
  machines(): Promise<SeenMachine[]>;
}

/** Works on the registers of a collector, which may be running, and closes them again. */
export async function withDesk(
  places: { config: string | undefined; data: string | undefined },
  io: CommandIo,
  work: (open: OpenDesk) => Promise<number>,
): Promise<number> {
  const source = existingSource(places, io);
  const config = source.read();
  const store = openSqliteStore(databaseIn(source.dataFolder));
  try {
    const [clock, random, port] = [systemClock, systemRandom, store.registers];
    const registers = await openRegisters({ port, clock, logger: silentLogger });
    const agents = await store.loadAgents();
    const attachments = createAttachments({ folder: attachmentsIn(source.dataFolder), port, clock, random });
    const isIncident = async (id: string) => (await store.incident(id)) !== undefined;
    const about = { registers, attachments, clock, random, isIncident };
    const desk = createRegisterDesk({ ...about, config: () => config, nodes: () => agents });
    return await work({ desk, config, machines: () => seenMachines(agents, store) });
  } finally {
    await store.close();
  }
}
