import { createHash } from 'node:crypto';
import type { Report, ReportFilesystem, ReportInterface, ReportProbe } from '../../shared/report-schema.ts';
import { noise } from './noise.ts';

/** The machine under a simulated agent: every figure is a function of its seed and the time, so nothing is kept. */
export interface SimulatedHost {
  bootId: string;
  uptimeSeconds(atMs: number): number;
  /** What the sensors of a typical departmental server would have found. */
  measure(atMs: number, seq: number): Pick<Report, 'host' | 'cpu' | 'memory' | 'filesystems' | 'interfaces'>;
  /** The two targets that an agent finds by itself, both answering. */
  probes(seq: number): ReportProbe[];
}

const gibibyteBytes = 2 ** 30;
const pageBytes = 4096;
const daySeconds = 86_400;

export function createSimulatedHost(seed: number, bootedAtMs: number): SimulatedHost {
  const bootId = createHash('sha256').update(`${seed}/${bootedAtMs}`).digest('hex').slice(0, 8);
  const bootedAt = new Date(bootedAtMs).toISOString();
  const coreCount = pick([2, 4, 4, 8, 16], noise(seed, 1));
  const memoryBytes = pick([4, 8, 8, 16, 32], noise(seed, 2)) * gibibyteBytes - 264_126_464;
  const uptimeSeconds = (atMs: number) => Math.max(0, Math.round((atMs - bootedAtMs) / 10) / 100);
  const diskNames = pick([['vda1', 'vdb1'] as const, ['sda2', 'sdb1'] as const], noise(seed, 3));
  const network = `192.168.${Math.floor(noise(seed, 4) * 254) + 1}`;

  return {
    bootId,
    uptimeSeconds,
    measure(atMs, seq) {
      const upSeconds = uptimeSeconds(atMs);
      return {
        host: { bootId, bootedAt, uptimeSeconds: upSeconds },
        cpu: cpuOf(seed, seq, coreCount),
        memory: {
          sizeBytes: memoryBytes,
          availableBytes: pages(memoryBytes * (0.35 + 0.3 * noise(seed, seq, 5))),
          swapSizeBytes: 2_147_479_552,
          swapFreeBytes: pages(2_147_479_552 * (0.7 + 0.3 * noise(seed, seq, 6))),
        },
        filesystems: [
          filesystem({ mount: '/', disk: diskNames[0], type: 'ext4', sizeBytes: 52_521_566_208 }, seed + 1, upSeconds),
          filesystem(
            { mount: '/var', disk: diskNames[1], type: 'xfs', sizeBytes: 214_643_507_200 },
            seed + 2,
            upSeconds,
          ),
        ],
        interfaces: [networkCard('ens18', seed + 1, upSeconds), networkCard('ens19', seed + 2, upSeconds)],
      };
    },
    probes: (seq) => [
      answeredProbe('lan', `${network}.1`, 0.0003 + 0.0009 * noise(seed, seq, 7)),
      answeredProbe('wan', '10.20.0.5', 0.004 + 0.02 * noise(seed, seq, 8)),
    ],
  };
}

/** A probe whose packets all came back. */
export function answeredProbe(layer: 'lan' | 'wan', target: string, roundTripSeconds: number): ReportProbe {
  const roundTrip = Math.round(roundTripSeconds * 1e6) / 1e6;
  return {
    name: layer,
    kind: 'icmp',
    layer,
    target,
    state: 'up',
    sentCount: 5,
    receivedCount: 5,
    roundTripSeconds: roundTrip,
  };
}

function cpuOf(seed: number, seq: number, count: number): NonNullable<Report['cpu']> {
  const busyRatio = Math.round((0.03 + 0.4 * noise(seed, seq, 9) ** 2) * 10_000) / 10_000;
  const load = (place: number) => Math.round(count * busyRatio * (0.7 + 0.6 * noise(seed, seq, place)) * 100) / 100;
  // The first round has nothing to take the difference from.
  return { count, ...(seq === 1 ? {} : { busyRatio }), load1: load(10), load5: load(11), load15: load(12) };
}

function filesystem(
  { mount, disk, type, sizeBytes }: { mount: string; disk: string; type: string; sizeBytes: number },
  seed: number,
  upSeconds: number,
): ReportFilesystem {
  const startRatio = 0.35 + 0.5 * noise(seed, 13);
  // It fills over months and somebody tidies up before it is full.
  const filledRatio = ((upSeconds / daySeconds / 200) * (0.5 + noise(seed, 14))) % 0.25;
  return {
    mount,
    device: `/dev/${disk}`,
    type,
    sizeBytes,
    availableBytes: pages(sizeBytes * (startRatio - filledRatio)),
  };
}

function networkCard(name: string, seed: number, upSeconds: number): ReportInterface {
  return {
    name,
    up: true,
    receiveBytes: dailyTraffic(2e5 + 1.6e6 * noise(seed, 15), upSeconds),
    transmitBytes: dailyTraffic(5e4 + 4e5 * noise(seed, 16), upSeconds),
    receiveErrors: 0,
    transmitErrors: 0,
    speedBitsPerSecond: 1_000_000_000,
  };
}

/** Bytes since boot of a line that is busy by day and quiet by night; the integral of a sine never goes back. */
function dailyTraffic(bytesPerSecond: number, upSeconds: number): number {
  const turn = (2 * Math.PI) / daySeconds;
  return Math.floor(bytesPerSecond * (upSeconds - (0.8 / turn) * Math.sin(turn * upSeconds)));
}

function pages(sizeBytes: number): number {
  return Math.floor(sizeBytes / pageBytes) * pageBytes;
}

function pick<Choice>(choices: readonly [Choice, ...Choice[]], ratio: number): Choice {
  return choices[Math.floor(ratio * choices.length)] ?? choices[0];
}
