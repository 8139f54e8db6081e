import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Running, startProgram } from '../kit/programs.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { createBoot } from './boot.ts';
import type { Namespace } from './namespaces.ts';

/** What the router is asked with. */
export const snmpCredentials = { baca: { version: '2c', community: 'rahasia' } };

/** A router that answers by SNMP. */
export interface Router {
  /** It starts anew: what it says of its uptime begins now. */
  boot: () => Promise<void>;
  /** Everything that runs on it ends at once. */
  die: () => Promise<void>;
}

/** @param folder its disk. */
export function createRouter(at: Namespace, folder: string): Router {
  mkdirSync(folder);
  // It keeps a file named snmpd.conf of its own there.
  const config = join(folder, 'router.conf');
  writeFileSync(config, `rocommunity ${snmpCredentials.baca.community}\nsysName ${at.name}\n`);
  const machine = createBoot(folder);
  let running: Running | undefined;
  return {
    async boot() {
      machine.renew();
      const snmpd = ['/usr/sbin/snmpd', '-f', '-Lo', '-C', '-c', config, 'udp:161'];
      const env = { SNMP_PERSISTENT_DIR: folder, MIBS: '' };
      const started = startProgram([...at.exec, ...machine.under(snmpd)], env);
      running = started;
      await waitUntil('snmpd to listen', () => started.output().includes('NET-SNMP version'));
    },
    async die() {
      at.killAll();
      await running?.exited;
    },
  };
}
