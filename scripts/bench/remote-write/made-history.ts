import { join } from 'node:path';
import { noFactChanges } from '../../../collector/store/no-changes.ts';
import type { ReportBatch } from '../../../collector/store/rows.ts';
import { openSqliteStore } from '../../../collector/store/sqlite/sqlite-store.ts';
import { exportPublicKey } from '../../../shared/signing.ts';
import { dictionaryEncoding, signatureHeader } from '../../../shared/wire.ts';
import { createSimulatedAgent } from '../../simulation/simulated-agent.ts';
import type { BenchContext } from '../bench.ts';

const minuteMs = 60_000;

/**
 * The data folder of a collector that has taken one report a minute from each agent, each in a body of its own as from
 * agents with a link. @returns the folder
 */
export async function madeHistory(context: BenchContext, agentCount: number, minuteCount: number): Promise<string> {
  const store = openSqliteStore(join(context.folder, 'pantau.db'));
  const nowMs = context.clock.nowMs();
  const startsAtMs = nowMs - minuteCount * minuteMs;
  const agents = Array.from({ length: agentCount }, (_, index) =>
    createSimulatedAgent({ seed: index + 1, intervalSeconds: 60, pd: 'dinkes', node: `srv-${index + 1}` }),
  );
  for (const { id, node, keys } of agents) {
    const token = {
      secretHash: id,
      pd: 'dinkes',
      site: 'kantor',
      roles: [],
      createdAtMs: nowMs,
      expiresAtMs: nowMs + 1,
    };
    await store.addToken(token);
    await store.enrol(id, { id, node, publicKey: exportPublicKey(keys.publicKey) }, nowMs);
  }
  for (let minute = 0; minute < minuteCount; minute++) {
    const batches = agents.map((agent, index): ReportBatch => {
      const takenAtMs = Math.round(startsAtMs + minute * minuteMs + (index * minuteMs) / agentCount);
      const report = agent.report({ takenAtMs });
      const { body, headers } = agent.signedRequest(agent.envelope([report], takenAtMs), { encoding: 'dictionary' });
      const about = { session: report.session, seq: report.seq, takenAtMs, late: false };
      return {
        agentKey: index + 1,
        agent: agent.id,
        receivedAtMs: takenAtMs,
        sentAtMs: takenAtMs,
        encoding: dictionaryEncoding,
        signature: headers[signatureHeader] ?? '',
        body,
        reports: [about],
      };
    });
    await store.commitReports(batches, noFactChanges);
  }
  await store.close();
  return context.folder;
}
