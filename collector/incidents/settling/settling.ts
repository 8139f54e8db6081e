import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { PantauConfig } from '../../config/schema.ts';
import type { Fleet } from '../../facts/fleet.ts';
import { type NewIncidentEvent, pantauActor } from '../../store/incident-rows.ts';
import type { AuditRow, IncidentRow, SettledCause } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import type { CaseBook } from '../case-book.ts';
import { findCause } from './find-cause.ts';

export interface SettlingOptions {
  store: Store;
  fleet: Fleet;
  clock: Clock;
  logger: Logger;
  config(): PantauConfig;
  book(): CaseBook;
  /** Asks to look at an incident again. */
  arm(incident: string, atMs: number): Promise<void>;
}

/** An incident whose cause is known better than when it was told. */
export function restated(incident: IncidentRow, cause: SettledCause, atMs: number): IncidentRow {
  const revision = incident.revision + 1;
  return { ...incident, settledCause: cause, settleByMs: undefined, revision, restatedAtMs: atMs };
}

export function restatement({ id, cause }: IncidentRow, settled: SettledCause, atMs: number): AuditRow {
  return { atMs, actor: 'pantau', action: 'restate', subject: id, detail: `${cause} → ${settled}` };
}

function restatedLine({ id, cause }: IncidentRow, settled: SettledCause, atMs: number): NewIncidentEvent {
  const detail = { cause: settled, causeBefore: cause };
  return { incident: id, atMs, event: 'restated', actor: pantauActor, detail };
}

/**
 * Looks at incidents that are over until the machines at their sites have told what happened, or the time for it is up.
 * Nobody is alerted again: the incident is restated, with a revision.
 */
export class Settling {
  readonly #options: SettlingOptions;
  #working: Promise<void> = Promise.resolve();

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** What was not settled before a restart is taken up again. */
  async start(): Promise<void> {
    const { store, clock, arm } = this.#options;
    for (const { id } of await store.settlingIncidents()) await arm(id, clock.nowMs());
  }

  /** Resolves when nothing is being looked at. */
  idle(): Promise<void> {
    return this.#working;
  }

  look(id: string): void {
    this.#working = this.#working.then(() => this.#look(id));
  }

  async #look(id: string): Promise<void> {
    const { store, clock, logger, arm, config } = this.#options;
    const againAtMs = clock.nowMs() + config().agents.intervalSeconds * 1000;
    try {
      const incident = await store.incident(id);
      const isWaiting = incident?.settleByMs !== undefined;
      if (isWaiting && !(await this.#settle(incident))) await arm(id, againAtMs);
    } catch (error) {
      logger.error('the cause of an incident could not be settled; it is tried again', {
        incident: id,
        cause: messageOf(error),
      });
      await arm(id, againAtMs);
    }
  }

  /** @returns false while there is something to wait for. */
  async #settle(incident: IncidentRow): Promise<boolean> {
    const { store, fleet, clock, config, book } = this.#options;
    const nowMs = clock.nowMs();
    const [judged] = book().named(`${incident.obligation}|${incident.subject}`);
    const view = { store, fleet, nowMs, config: config() };
    const found = judged && (await findCause(judged, incident, view));
    if (found !== undefined && !found.isComplete && nowMs < (incident.settleByMs ?? 0)) return false;
    const cause = found?.cause;
    if (cause === undefined) {
      const audit = {
        atMs: nowMs,
        actor: 'pantau',
        action: 'leave-cause',
        subject: incident.id,
        detail: incident.cause,
      };
      await store.settleIncident({ ...incident, settleByMs: undefined }, audit, []);
    } else {
      const told = restatement(incident, cause, nowMs);
      await store.settleIncident(restated(incident, cause, nowMs), told, [restatedLine(incident, cause, nowMs)]);
    }
    return true;
  }
}
