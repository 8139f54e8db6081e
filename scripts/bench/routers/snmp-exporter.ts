import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { columns, system, uptimes } from '../../../agent/routers/snmp/oids.ts';
import type { BenchContext } from '../bench.ts';
import { findProgram, freePort, type Program, serverCpu, startProgram, untilReady } from '../child-programs.ts';
import { interfaceCount, routerAddress, routerPort } from './addresses.ts';

export interface SnmpExporter {
  program: Program;
  /** Scrapes each router once, spread over the interval. @returns how many interfaces it told of. */
  scrapeOnce(count: number, everySeconds: number): Promise<number>;
}

const textColumns = new Set(['name', 'alias']);
const gaugeColumns = new Set(['speed', 'highSpeed', 'adminStatus', 'operStatus', 'discontinuity']);

/** The module that asks for what the agent asks for; names by ifName, as its own module if_mib has it. */
function moduleText(): string {
  const { name, ...others } = columns;
  const lookups = `    lookups:
    - labels: [ifIndex]
      labelname: ifName
      oid: ${name}
      type: DisplayString`;
  const metric = (label: string, oid: string, type: string, indexed: boolean) =>
    `  - name: ${label}
    oid: ${oid}
    type: ${type}
    help: ${label}${indexed ? `\n    indexes:\n    - labelname: ifIndex\n      type: gauge\n${lookups}` : ''}`;
  const typeOf = (column: string) =>
    textColumns.has(column) ? 'DisplayString' : gaugeColumns.has(column) ? 'gauge' : 'counter';
  const single = { ...system, ...uptimes };
  const singleType = (label: string) => (['description', 'name'].includes(label) ? 'DisplayString' : 'gauge');
  return `pantau:
  version: 2
  auth:
    community: public
  timeout: 2s
  retries: 1
  max_repetitions: 25
  walk:
${Object.values(columns)
  .map((oid) => `  - ${oid}`)
  .join('\n')}
  get:
${Object.values(single)
  .map((oid) => `  - ${oid}`)
  .join('\n')}
  metrics:
${Object.entries(others)
  .map(([column, oid]) => metric(`if_${column}`, oid, typeOf(column), true))
  .join('\n')}
${Object.entries(single)
  .filter(([label]) => label !== 'objectId')
  .map(([label, oid]) => metric(`device_${label}`, oid.replace(/\.0$/, ''), singleType(label), false))
  .join('\n')}
`;
}

/** Debian's prometheus-snmp-exporter; undefined where it is not installed. */
export async function startSnmpExporter(context: BenchContext): Promise<SnmpExporter | undefined> {
  const path = findProgram('prometheus-snmp-exporter');
  if (path === undefined) {
    context.say('prometheus-snmp-exporter is not installed: its comparison is left out.');
    return undefined;
  }
  const configPath = join(context.folder, 'snmp.yml');
  writeFileSync(configPath, moduleText());
  const address = `127.0.0.1:${await freePort()}`;
  const args = [`--config.file=${configPath}`, `--web.listen-address=${address}`, '--log.level=error'];
  const program = startProgram([path, ...args], { cpu: serverCpu });
  context.later(() => program.end());
  await untilReady(program, () =>
    fetch(`http://${address}/`).then(
      () => true,
      () => undefined,
    ),
  );
  return { program, scrapeOnce: (count, everySeconds) => scrapeAll(address, count, everySeconds) };
}

async function scrapeAll(address: string, count: number, everySeconds: number): Promise<number> {
  const scrapes: Promise<number>[] = [];
  const beganAtMs = performance.now();
  for (let number = 0; number < count; number++) {
    const waitMs = beganAtMs + (number * everySeconds * 1000) / count - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    scrapes.push(scrape(address, `${routerAddress(number)}:${routerPort}`));
  }
  const found = await Promise.all(scrapes);
  return found.reduce((sum, each) => sum + each, 0);
}

async function scrape(address: string, target: string): Promise<number> {
  const answer = await fetch(`http://${address}/snmp?module=pantau&target=${encodeURIComponent(target)}`);
  const text = await answer.text();
  const found = text.match(/^if_receiveBytes\{/gm)?.length ?? 0;
  if (found !== interfaceCount) throw new Error(`The exporter told of ${found} interfaces: ${text.slice(0, 300)}`);
  return found;
}
