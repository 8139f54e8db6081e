import { waitUntil } from '../kit/wait-until.ts';
import type { World } from './world.ts';

interface NodeRow {
  pd: string;
  lastReportAt: string;
  state: string;
  spoolQueuedCount: number;
}

export interface IncidentRow {
  pd: string;
  subject: string;
  kind: string;
  cause: string;
  causeAtFirst: string;
  owner: string;
  severity: string;
  state: string;
  revision: number;
}

interface LinkRow {
  probe: string;
  state: string;
  since: string;
}

interface DutyRow {
  pd: string;
  subject: string | null;
  obligation: string;
  status: string;
  reasonCode: string;
}

export const wanDuty = 'lebong-21-5-a-wan-oleh-dinas';

/**
 * Waits until every agent is heard with an empty spool, every router answers, and every server answers too, since before
 * its agent was last heard: who has never answered cannot be missed.
 */
export async function untilHealthy(world: World, timeoutMs = 90_000): Promise<void> {
  await waitUntil(
    'the kabupaten to be healthy',
    async () => {
      const nodes = await world.api.list<NodeRow>('nodes');
      if (nodes.some(({ state, spoolQueuedCount }) => state !== 'up' || spoolQueuedCount > 0)) return false;
      const duties = await world.api.list<DutyRow>('obligations');
      const wan = duties.filter(({ obligation, pd }) => obligation === wanDuty && pd !== 'diskominfo');
      if (wan.length < world.offices.length || wan.some(({ status }) => status !== 'compliant')) return false;
      const links = await world.api.list<LinkRow>('links');
      return world.offices.every(({ pd }) => {
        const heardAt = nodes.find((node) => node.pd === pd)?.lastReportAt ?? '';
        const link = links.find(({ probe }) => probe.startsWith(`server/${pd}/`));
        return link?.state === 'up' && Date.parse(link.since) < Date.parse(heardAt);
      });
    },
    timeoutMs,
  );
}

/** What people were told, one line for each: whether it began or ended, where, what it is and who must act. */
export function told(world: World): string[] {
  return world.alerts().map(({ event, pd, subject, cause, owner }) => `${event} ${pd}/${subject} ${cause}: ${owner}`);
}

/** Waits until people were told so much. */
export async function untilTold(world: World, lines: readonly string[], timeoutMs = 90_000): Promise<void> {
  const missing = () => lines.filter((line) => !told(world).includes(line));
  try {
    await waitUntil('people to be told', () => missing().length === 0, timeoutMs);
  } catch {
    throw new Error(`nobody was told:\n${missing().join('\n')}\nbut:\n${told(world).join('\n')}`);
  }
}

/** Waits until no incident is open. @returns all of them, the first one first. */
export async function untilResolved(world: World, timeoutMs = 90_000): Promise<IncidentRow[]> {
  return waitUntil(
    'every incident to end',
    async () => {
      const rows = await world.api.list<IncidentRow>('incidents');
      return rows.every(({ state }) => state === 'resolved') && rows.toReversed();
    },
    timeoutMs,
  );
}

export interface Colours {
  upSeconds: number;
  downSeconds: number;
  unknownSeconds: number;
}

/** How long the link of an office was up, down and unknown since it is monitored. */
export async function coloursOf(world: World, pd: string, layer: 'lan' | 'wan'): Promise<Colours> {
  const rows = await world.api.list<Colours & { pd: string; layer: string }>('availability');
  const sum = { upSeconds: 0, downSeconds: 0, unknownSeconds: 0 };
  for (const row of rows) {
    if (row.pd !== pd || row.layer !== layer) continue;
    sum.upSeconds += row.upSeconds;
    sum.downSeconds += row.downSeconds;
    sum.unknownSeconds += row.unknownSeconds;
  }
  return sum;
}

export interface RouterRow {
  state: string;
  bootedAt: string;
  interfaces: { name: string; up: boolean; isWan: boolean }[];
}

/** Waits until the router was read with a boot that is clearly newer. */
export function untilRouterRead({ api }: World, bootedAfterMs: number): Promise<RouterRow> {
  return waitUntil(
    'the router to be read',
    async () => {
      const [row] = await api.list<RouterRow>('routers');
      if (row?.state !== 'up' || Date.parse(row.bootedAt) < bootedAfterMs + 5000) return false;
      return { ...row, interfaces: row.interfaces.map(({ name, up, isWan }) => ({ name, up, isWan })) };
    },
    30_000,
  );
}
