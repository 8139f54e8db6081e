import { createHash } from 'node:crypto';
import type { Report } from '../../shared/report-schema.ts';

type Host = Report['host'];

/**
 * What is known about the boot when the sensor for it failed: the boot id of an earlier reading, else one made from
 * the boot time in whole minutes, which is as steady as a clock allows.
 */
export function hostWithoutSensor(known: Host | undefined, nowMs: number, uptimeSeconds: number): Host {
  const bootedAtMs = Math.max(0, nowMs - uptimeSeconds * 1000);
  if (known !== undefined) return { ...known, uptimeSeconds };
  const minute = String(Math.round(bootedAtMs / 60_000));
  return {
    bootId: createHash('sha256').update(minute).digest('hex').slice(0, 8),
    bootedAt: new Date(bootedAtMs).toISOString(),
    uptimeSeconds,
  };
}
