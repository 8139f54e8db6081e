import type { HistoryPort } from '../store.ts';
import type { Connection } from './open.ts';
import { createPrune } from './prune.ts';
import { createRollUp } from './roll-up.ts';

export function createHistory(connection: Connection, onPruned: (session: number) => void): HistoryPort {
  const rollUp = createRollUp(connection);
  const prune = createPrune(connection, onPruned);
  const pragma = (name: string) => Number(connection.pragma(name, { simple: true }));
  return {
    rollUpOne: async (receivedBeforeMs) => rollUp(receivedBeforeMs),
    pruneSome: async (receivedBeforeMs) => prune(receivedBeforeMs),
    sizeBytes: async () => pragma('page_count') * pragma('page_size'),
  };
}
