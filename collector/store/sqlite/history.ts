import type { HistoryPort } from '../store.ts';
import type { Connection } from './open.ts';
import { createLinkDays } from './link-days.ts';
import { createPathsTable } from './paths.ts';
import { createPrune } from './prune.ts';
import { createPingsPrune } from './prune-pings.ts';
import { createRollUp } from './roll-up.ts';
import { createTrafficTable } from './traffic.ts';
import { createChangesPrune } from './verdict-changes.ts';

const agentsPerCall = 50;

export function createHistory(connection: Connection, onPruned: (session: number) => void): HistoryPort {
  const linkDays = createLinkDays(connection);
  const { rollUpOne, catchUp } = createRollUp(connection, linkDays);
  const prune = createPrune(connection, onPruned);
  const prunePings = createPingsPrune(connection);
  const traffic = createTrafficTable(connection);
  const paths = createPathsTable(connection);
  const forgetChanges = createChangesPrune(connection);
  const agentsWithOld = connection.prepare<[number, number], { agent: number }>(`
    SELECT key AS agent FROM agents WHERE EXISTS (SELECT 1 FROM rollups r WHERE r.agent = agents.key
      AND r.resolution_seconds = 3600 AND r.starts_at < ?) LIMIT ?`);
  const forget = connection.prepare(
    'DELETE FROM rollups WHERE agent = ? AND resolution_seconds = 3600 AND starts_at < ?',
  );
  const forgetHours = connection.transaction((startedBeforeMs: number): number => {
    const agents = agentsWithOld.all(startedBeforeMs, agentsPerCall);
    const hourCount = agents.reduce((count, { agent }) => count + forget.run(agent, startedBeforeMs).changes, 0);
    return hourCount + linkDays.forget(startedBeforeMs) + traffic.forget(startedBeforeMs);
  }).immediate;
  const pragma = (name: string) => Number(connection.pragma(name, { simple: true }));
  return {
    rollUpOne: async (receivedBeforeMs) => rollUpOne(receivedBeforeMs),
    catchUp,
    monitoredLinks: async () => linkDays.monitored(),
    linkDays: async (place, fromMs, untilMs) => linkDays.read(place, fromMs, untilMs),
    pruneSome: async (receivedBeforeMs) => prune(receivedBeforeMs),
    forgetHours: async (startedBeforeMs) => forgetHours(startedBeforeMs),
    prunePings: async (bodiesBeforeMs, rowsBeforeMs) => prunePings(bodiesBeforeMs, rowsBeforeMs),
    forgetPaths: async (beforeDay) => paths.forget(beforeDay) === paths.rowsPerCall,
    forgetVerdictChanges: async (beforeMs) => forgetChanges(beforeMs),
    sizeBytes: async () => pragma('page_count') * pragma('page_size'),
  };
}
