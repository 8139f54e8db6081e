import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchContext } from '../bench.ts';
import {
  findProgram,
  freePort,
  loadCpu,
  type Program,
  serverCpu,
  startProgram,
  untilReady,
} from '../child-programs.ts';
import { createCpuMeter, type CpuMeter } from '../cpu-meter.ts';

/** A program that samples are written to, with nothing in it yet. */
export interface Receiver {
  writeUrl: string;
  meter: CpuMeter;
  /** Samples that it has taken since it was started. */
  sampleCount(): Promise<number>;
  end(): Promise<void>;
}

export interface ReceiverKind {
  name: string;
  program: string;
  start(context: BenchContext): Promise<Receiver>;
}

/** The receivers that are installed. */
export const receiverKinds: readonly ReceiverKind[] = [
  { name: 'Prometheus', program: 'prometheus', start: startPrometheus },
  { name: 'VictoriaMetrics', program: 'victoria-metrics', start: startVictoria },
];

async function startPrometheus(context: BenchContext): Promise<Receiver> {
  const folder = newFolder(context);
  const config = join(folder, 'prometheus.yml');
  writeFileSync(config, 'storage: {tsdb: {out_of_order_time_window: 30d}}\n');
  const address = `127.0.0.1:${await freePort()}`;
  const command = [
    'prometheus',
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    '--web.enable-remote-write-receiver',
    '--log.level=error',
  ];
  const counted = /^prometheus_tsdb_head_samples_appended_total(?:\{[^}]*\})? (\S+)$/gm;
  return started({ context, command, address, readyPath: '/-/ready', counted, cpu: serverCpu });
}

async function startVictoria(context: BenchContext): Promise<Receiver> {
  const address = `127.0.0.1:${await freePort()}`;
  const command = ['victoria-metrics', `-storageDataPath=${newFolder(context)}`, `-httpListenAddr=${address}`];
  const counted = /^vm_rows_inserted_total\{type="promremotewrite"\} (\S+)$/gm;
  return started({ context, command, address, readyPath: '/health', counted, cpu: serverCpu });
}

/** vmagent, which takes samples and hands them on by remote write: another sender. */
export async function startVmagent(context: BenchContext, receiver: Receiver): Promise<Receiver | undefined> {
  if (findProgram('vmagent') === undefined) return undefined;
  const address = `127.0.0.1:${await freePort()}`;
  const queue = newFolder(context);
  const command = [
    'vmagent',
    `-remoteWrite.url=${receiver.writeUrl}`,
    `-remoteWrite.tmpDataPath=${queue}`,
    '-remoteWrite.queues=1',
    `-httpListenAddr=${address}`,
  ];
  const counted = /^vmagent_remotewrite_rows_pushed_after_relabel_total\S* (\S+)$/gm;
  return started({ context, command, address, readyPath: '/health', counted, cpu: loadCpu });
}

let folderCount = 0;

function newFolder(context: BenchContext): string {
  folderCount += 1;
  const parent = join(context.folder, 'receivers');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${folderCount}-`));
}

async function started(start: {
  context: BenchContext;
  command: string[];
  address: string;
  readyPath: string;
  counted: RegExp;
  cpu: number;
}): Promise<Receiver> {
  const { context, command, address, readyPath, counted, cpu } = start;
  const program: Program = startProgram(command, { cpu });
  const meter = createCpuMeter(program.pid, `receiver-${folderCount}`);
  const end = async () => {
    await program.end();
    meter.close();
  };
  context.later(end);
  await untilReady(program, async () => {
    const answer = await fetch(`http://${address}${readyPath}`).catch(() => undefined);
    return answer?.ok === true ? true : undefined;
  });
  return {
    writeUrl: `http://${address}/api/v1/write`,
    meter,
    end,
    async sampleCount() {
      const text = await (await fetch(`http://${address}/metrics`)).text();
      return [...text.matchAll(counted)].reduce((sum, match) => sum + Number(match[1]), 0);
    },
  };
}
