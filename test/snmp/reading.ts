import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { snmpReader } from '../../agent/routers/snmp.ts';
import type { SnmpCredential } from '../../agent/routers/snmp/credential.ts';
import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import type { ReportRouter } from '../../shared/report-schema.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

export function routerAt(port: number, more: Partial<RouterConfig> = {}): RouterConfig {
  return { host: '127.0.0.1', port, reader: 'snmp', credential: 'c', timeoutSeconds: 1, everySeconds: 60, ...more };
}

/** A data folder with one entry in `snmp.json`. */
export function folderWith(credential: SnmpCredential, mode = 0o600): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'snmp.json'), JSON.stringify({ c: credential }), { mode });
  return folder;
}

export interface Reading {
  read(): Promise<ReportRouter>;
}

/** Readings of one router, each knowing of the one before. */
export function readingOf(
  router: RouterConfig,
  credential: SnmpCredential = { version: '2c', community: 'public' },
  clock: Clock = systemClock,
): Reading {
  const deps = { dataFolder: folderWith(credential), clock, signal: new AbortController().signal, memory: new Map() };
  return { read: () => snmpReader.read(router, deps) };
}
