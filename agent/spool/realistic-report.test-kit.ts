import type { Report } from '../../shared/report-schema.ts';

/**
 * For tests and measurements: the report of a typical departmental server (2 filesystems, 2 interfaces, 2 probes)
 * whose figures move from minute to minute like real ones.
 * @param variation a pseudo-random number in [0, 1) for each call.
 */
export function realisticReport(seq: number, variation: () => number): Report {
  const takenAtMs = Date.UTC(2026, 10, 1, 0, seq, 7, 214);
  const uptimeSeconds = 864_213 + seq * 60;
  const counter = (perMinute: number) => Math.floor(seq * perMinute + variation() * perMinute);
  return {
    session: 'q3Vn0_xT-Zb1',
    seq,
    takenAt: new Date(takenAtMs).toISOString(),
    intervalSeconds: 60,
    host: {
      bootId: '9f86d081',
      bootedAt: new Date(takenAtMs - uptimeSeconds * 1000).toISOString(),
      uptimeSeconds: uptimeSeconds + Math.round(variation() * 100) / 100,
    },
    cpu: {
      count: 4,
      busyRatio: Math.round(variation() * 10_000) / 10_000,
      load1: Math.round(variation() * 300) / 100,
      load5: Math.round(variation() * 200) / 100,
      load15: Math.round(variation() * 150) / 100,
    },
    memory: {
      sizeBytes: 8_325_464_064,
      availableBytes: 4096 * Math.floor(1_000_000 * variation()),
      swapSizeBytes: 2_147_479_552,
      swapFreeBytes: 4096 * Math.floor(500_000 * variation()),
    },
    filesystems: [
      {
        mount: '/',
        device: '/dev/vda1',
        type: 'ext4',
        sizeBytes: 52_521_566_208,
        availableBytes: 4096 * Math.floor(9_000_000 * variation()),
      },
      {
        mount: '/srv/simda',
        device: '/dev/vdb1',
        type: 'xfs',
        sizeBytes: 214_643_507_200,
        availableBytes: 4096 * Math.floor(40_000_000 * variation()),
      },
    ],
    interfaces: ['ens18', 'ens19'].map((name) => ({
      name,
      up: true,
      receiveBytes: counter(48_000_000),
      transmitBytes: counter(9_000_000),
      receiveErrors: 0,
      transmitErrors: 0,
      speedBitsPerSecond: 1_000_000_000,
    })),
    probes: (['lan', 'wan'] as const).map((layer, index) => ({
      name: layer,
      kind: 'icmp',
      layer,
      target: index === 0 ? '192.168.14.1' : '10.20.0.5',
      state: 'up' as const,
      sentCount: 5,
      receivedCount: 5,
      roundTripSeconds: Math.round(variation() * 20_000) / 1_000_000,
    })),
    spool: { queuedCount: 0, droppedCount: 0 },
  };
}
