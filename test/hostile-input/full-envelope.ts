import type { Envelope, Report } from '../../shared/report-schema.ts';
import { backup, probe, type TestAgent } from '../kit/test-agent.ts';

/** An envelope in which every field that the schema knows is there. */
export function fullEnvelope(agent: TestAgent, nowMs: number, patch: Partial<Report> = {}): Envelope {
  const row = { model: 'x', count: 2, removable: false };
  const report = agent.report(nowMs, {
    seq: 1,
    cpu: { count: 2, busyRatio: 0.5, load1: 1, load5: 1, load15: 1 },
    memory: { sizeBytes: 2, availableBytes: 1, swapSizeBytes: 0, swapFreeBytes: 0 },
    filesystems: [{ mount: '/', device: 'a', type: 'ext4', sizeBytes: 2, availableBytes: 1, readOnly: false }],
    interfaces: [
      {
        name: 'eth0',
        up: true,
        receiveBytes: 1,
        transmitBytes: 1,
        receiveErrors: 0,
        transmitErrors: 0,
        speedBitsPerSecond: 1,
      },
    ],
    probes: [probe('up', { pd: 'dinkes', site: 'kantor', reason: 'x', roundTripSeconds: 0.1 })],
    backups: [backup(nowMs - 1000, { reason: 'x', sha256: 'ab'.repeat(32) })],
    failures: [{ of: 'cpu', reason: 'x' }],
    inventory: {
      takenAt: new Date(nowMs).toISOString(),
      system: row,
      os: row,
      cpu: row,
      disks: [row],
      interfaces: [row],
      listening: [row],
    },
    ...patch,
  });
  return agent.envelope([report], nowMs);
}

export type Path = readonly (string | number)[];

export const pointerOf = (path: Path) => `/${path.join('/')}`;

/** Every part of a document, from the outside in. */
export function* partsOf(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  if (path.length > 0) yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    yield* partsOf(part, [...path, Array.isArray(value) ? Number(name) : name]);
  }
}

/** A copy with one part replaced, or taken out when `part` is undefined. */
export function withPart(value: unknown, path: Path, part: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return part;
  if (Array.isArray(value)) return value.map((item, index) => (index === name ? withPart(item, rest, part) : item));
  const copy = { ...(value as Record<string, unknown>) };
  const next = withPart(copy[name], rest, part);
  if (next === undefined) delete copy[name];
  else copy[name] = next;
  return copy;
}
