import { waitUntil } from '../kit/wait-until.ts';
import type { Alert } from './alerts.ts';
import type { World } from './world.ts';

export interface DutyRow {
  pd: string;
  subject: string | null;
  obligation: string;
  status: string;
  reasonCode: string;
  owner: string;
}

/** The verdict on one duty at one office. */
export async function dutyOf({ api }: World, pd: string, obligation: string): Promise<DutyRow | undefined> {
  const rows = await api.list<DutyRow>('obligations');
  return rows.find((row) => row.pd === pd && row.obligation === obligation && row.subject === 'kantor');
}

export const wanDuty = 'lebong-21-5-a-wan-oleh-dinas';

/** Waits until the WAN of every office is right and every agent is heard. */
export async function untilHealthy(world: World, timeoutMs = 60_000): Promise<void> {
  await waitUntil(
    'the kabupaten to be healthy',
    async () => {
      const nodes = await world.api.list<{ state: string; spoolQueuedCount: number }>('nodes');
      if (nodes.some(({ state, spoolQueuedCount }) => state !== 'up' || spoolQueuedCount > 0)) return false;
      for (const { pd } of world.offices)
        if ((await dutyOf(world, pd, wanDuty))?.reasonCode !== 'router-answers') return false;
      return true;
    },
    timeoutMs,
  );
}

/** The alerts after the first `from` ones, once there are so many. */
export async function untilAlerts(world: World, from: number, count: number, timeoutMs = 60_000): Promise<Alert[]> {
  await waitUntil(`alert ${from + count}`, () => world.alerts().length >= from + count, timeoutMs);
  return world.alerts().slice(from);
}
