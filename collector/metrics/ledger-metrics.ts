import { Counter, Gauge, type Registry } from 'prom-client';
import type { Store } from '../store/store.ts';

/** How far the ledger has come, and since when its end is signed. */
export function registerLedger(registry: Registry, store: Pick<Store, 'ledger'>): void {
  new Counter({
    name: 'pantau_ledger_entries_total',
    help: 'Entries of the ledger since it began, those that were pruned since among them.',
    registers: [registry],
    async collect() {
      const entryCount = await store.ledger.entryCount();
      this.reset();
      this.inc(entryCount);
    },
  });
  new Gauge({
    name: 'pantau_ledger_last_checkpoint_timestamp_seconds',
    help: 'When the end of the ledger was last signed, in seconds since the epoch; absent before the first time.',
    registers: [registry],
    async collect() {
      const latest = await store.ledger.latestCheckpoint();
      // A gauge without labels would stand at 0 until it is set.
      this.remove();
      if (latest !== undefined) this.set(latest.atMs / 1000);
    },
  });
}
