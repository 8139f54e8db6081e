import { Gauge, type Registry } from 'prom-client';
import { isFresh } from '../facts/node-facts.ts';
import type { Store } from '../store/store.ts';
import { version } from '../version.ts';
import { type FleetView, wellFormed } from './fleet-view.ts';

/** How a collector is: whether it judges, can write, and took its configuration. */
export interface HealthMetrics {
  /** A new configuration came into force, or was refused and left the old one in force. */
  noteConfiguration(isTaken: boolean, atMs: number): void;
}

const states = ['heard', 'silent', 'never', 'revoked'] as const;

function countAgents({ fleet, nowMs }: FleetView): Record<(typeof states)[number], number> {
  const counts = { heard: 0, silent: 0, never: 0, revoked: 0 };
  for (const agent of fleet.agents()) {
    if (agent.row.revokedAtMs !== undefined) counts.revoked += 1;
    else if (agent.present === undefined) counts.never += 1;
    else counts[isFresh(agent, nowMs) ? 'heard' : 'silent'] += 1;
  }
  return counts;
}

/** A store that does not answer in this time cannot be written, as far as a scraper can wait. */
const patienceMs = 2000;

async function isWritable(store: Pick<Store, 'checkWritable'>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  const written = store.checkWritable().then(
    () => true,
    () => false,
  );
  const answer = await Promise.race([written, tooLong]);
  clearTimeout(timer);
  return answer;
}

/** Adds them to a registry. @param view what is known when the page is asked for. */
export function registerHealth(
  registry: Registry,
  store: Pick<Store, 'checkWritable'>,
  view: () => FleetView,
): HealthMetrics {
  const registers = [registry];
  new Gauge({
    name: 'pantau_collector_info',
    help: 'The collector, its version and whom it serves; always 1.',
    labelNames: ['version', 'pemda'],
    registers,
    collect() {
      this.reset();
      this.set({ version, pemda: wellFormed(view().config.pemda.name) }, 1);
    },
  });
  new Gauge({
    name: 'pantau_agents',
    help: 'Agents by whether they are heard, have fallen silent, have never reported, or were revoked.',
    labelNames: ['state'],
    registers,
    collect() {
      const counts = countAgents(view());
      for (const state of states) this.set({ state }, counts[state]);
    },
  });
  new Gauge({
    name: 'pantau_judging_last_turn_timestamp_seconds',
    help: 'Up to when everything that had changed is judged and on disk, in seconds since the epoch.',
    registers,
    collect() {
      this.set(view().judging.judgedUntilMs() / 1000);
    },
  });
  new Gauge({
    name: 'pantau_store_writable',
    help: 'Whether the database can be written: 1 yes, 0 no.',
    registers,
    async collect() {
      this.set(Number(await isWritable(store)));
    },
  });
  return configurationGauges(registry, view().nowMs);
}

function configurationGauges(registry: Registry, startedAtMs: number): HealthMetrics {
  const isTakenLast = new Gauge({
    name: 'pantau_config_last_reload_success',
    help: 'Whether the last configuration was taken: 1 yes, 0 it was refused, and the one before is in force.',
    registers: [registry],
  });
  const takenAt = new Gauge({
    name: 'pantau_config_last_reload_timestamp_seconds',
    help: 'When the configuration in force was taken, in seconds since the epoch.',
    registers: [registry],
  });
  function noteConfiguration(isTaken: boolean, atMs: number): void {
    isTakenLast.set(Number(isTaken));
    if (isTaken) takenAt.set(atMs / 1000);
  }
  noteConfiguration(true, startedAtMs);
  return { noteConfiguration };
}
