import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import type { Logger } from '../../shared/logger.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { RegisterEntry } from '../obligations/register-view.ts';
import { type IncidentRow, pantauActor } from '../store/incident-rows.ts';
import type { DeskCursorPort } from '../store/register-port.ts';
import type { Store } from '../store/store.ts';
import { serviceDesk } from './kinds/service-desk.ts';
import type { RegisterChange, Registers } from './registers.ts';

export interface ServiceDeskOptions {
  registers: Registers;
  store: Pick<Store, 'incident'> & { registers: DeskCursorPort };
  clock: Clock;
  logger: Logger;
  newId(): string;
  config(): Pick<PantauConfig, 'timezone' | 'language' | 'registers'>;
  /** What is wrong in a few words, in the language of the Pemda. */
  describe(incident: IncidentRow): string;
}

/** Enters each fault that is found at the service desk, and closes the entry with the incident. */
export interface ServiceDesk {
  /** Takes what has happened to incidents since the last time. */
  follow(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

const followEveryMs = 2000;
const eventsPerLook = 500;
/** A year, so that a register that is begun late is whole for whoever looks back. */
const lookBackMs = 366 * 86_400_000;

export function createServiceDesk(options: ServiceDeskOptions): ServiceDesk {
  const { registers, store, clock, logger } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let round: Promise<void> = Promise.resolve();

  async function take(wasFirst = false): Promise<void> {
    const cursor = await store.registers.deskCursor();
    const isFirst = wasFirst || cursor === undefined;
    const events = await store.registers.incidentEventsAfter(cursor ?? 0, eventsPerLook);
    const lastKey = events.at(-1)?.key;
    if (lastKey === undefined) return;
    if (options.config().registers.serviceDeskFromIncidents) await enter(events, isFirst);
    await store.registers.setDeskCursor(lastKey);
    if (events.length === eventsPerLook) await take(isFirst);
  }

  /** @param isFirst true before anything was ever entered: what was over long before is not dug up. */
  async function enter(events: readonly { incident: string; event: string }[], isFirst: boolean): Promise<void> {
    const entries = new Map(registers.entries(serviceDesk.name).map((entry) => [entry.values['incident'], entry]));
    const changes: RegisterChange[] = [];
    for (const [id, list] of Map.groupBy(events, ({ incident }) => incident)) {
      const incident = await store.incident(id);
      // A breach of a duty that registers show is paperwork, and no fault that anybody calls the desk for.
      if (incident === undefined || incident.kind === 'register') continue;
      const before = entries.get(id);
      const begins = list.some(({ event }) => event === 'opened' || event === 'reopened');
      if (before === undefined && (!begins || (isFirst && wasLongAgo(incident, clock.nowMs())))) continue;
      const change = changeFor(incident, before, options);
      if (change !== undefined) changes.push(change);
    }
    const detail = `${changes.length} incidents`;
    await registers.write(changes, { actor: pantauActor, action: 'register-put', subject: serviceDesk.name, detail });
  }

  async function work(): Promise<void> {
    try {
      await take();
    } catch (error) {
      // Somebody may have changed an entry this very moment; it is read again the next time.
      logger.warn('incidents could not be entered at the service desk; it is tried again', { cause: messageOf(error) });
    }
    if (!stopped) timer = setTimeout(() => void (round = work()), followEveryMs);
  }

  return {
    follow: () => take(),
    start() {
      stopped = false;
      round = work();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}

function wasLongAgo({ resolvedAtMs }: IncidentRow, nowMs: number): boolean {
  return resolvedAtMs !== undefined && resolvedAtMs < nowMs - lookBackMs;
}

const statusOf: Record<IncidentRow['state'], string> = {
  open: 'terbuka',
  reopened: 'terbuka',
  acknowledged: 'ditangani',
  handling: 'ditangani',
  resolved: 'selesai',
};

/** A new entry, or the state of one; what people wrote beside it stays. Undefined when nothing changes. */
function changeFor(
  incident: IncidentRow,
  before: RegisterEntry | undefined,
  { config, newId, describe }: ServiceDeskOptions,
): RegisterChange | undefined {
  const { timezone } = config();
  const time = (atMs: number) => formatZonedRfc3339(Math.floor(atMs / 1000) * 1000, timezone).replace('.000', '');
  const { closedAt: closedBefore, ...values } = before?.values ?? {
    openedAt: time(incident.openedAtMs),
    kind: 'gangguan',
    reporter: 'Pantau',
    summary: describe(incident),
    incident: incident.id,
    status: '',
  };
  const status = statusOf[incident.state];
  const closedAt = incident.resolvedAtMs === undefined ? undefined : time(incident.resolvedAtMs);
  if (before !== undefined && values['status'] === status && closedBefore === closedAt) return undefined;
  return {
    register: serviceDesk.name,
    entry: before?.id ?? newId(),
    expectedRevision: before?.reference.revision ?? 0,
    pd: before === undefined ? incident.pd : before.pd,
    values: { ...values, status, ...(closedAt === undefined ? {} : { closedAt }) },
    attachments: before?.attachments ?? [],
  };
}
