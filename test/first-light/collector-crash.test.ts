import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type CollectorProcess, startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { type FleetMember, prepareFleet } from '../../scripts/simulation/fleet.ts';
import { createReportClient, type ReportClient } from '../../scripts/simulation/report-client.ts';
import { systemClock } from '../../shared/clock.ts';
import { configText } from '../kit/config-text.ts';
import { keptReports, reportName } from '../kit/kept-reports.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const roundCount = 20;
const agentCount = 6;

/** Sends as an agent does: what was not acknowledged is sent again, under the same name. */
interface Sender {
  member: FleetMember;
  unacked: number[];
  nextSeq: number;
}

const takenAtMs = new Map<string, number>();

async function sendUntilKilled(sender: Sender, client: ReportClient, acked: Set<string>, stopped: () => boolean) {
  const { agent } = sender.member;
  while (!stopped()) {
    if (sender.unacked.length === 0) {
      sender.unacked.push(sender.nextSeq, sender.nextSeq + 1);
      sender.nextSeq += 2;
    }
    const names = sender.unacked.map((seq) => reportName({ agent: agent.id, session: agent.session, seq }));
    const reports = sender.unacked.map((seq, index) => {
      const name = names[index] ?? '';
      const atMs = takenAtMs.get(name) ?? Date.now();
      takenAtMs.set(name, atMs);
      return agent.report({ takenAtMs: atMs, seq });
    });
    try {
      const request = agent.signedRequest(agent.envelope(reports, Date.now()), { encoding: 'dictionary' });
      const answer = await client.send(request);
      if (answer.status === 200) {
        for (const name of names) acked.add(name);
        sender.unacked = [];
      } else if (answer.status === 429) {
        await new Promise((next) => setTimeout(next, 100));
      }
    } catch {
      // The collector died under the request; whether it was kept is not known, so it stays unacknowledged.
      return;
    }
  }
}

it(`keeps every acknowledged report exactly once through ${roundCount} kills under load`, async () => {
  const dataFolder = join(temporaryFolder(), 'collector');
  const text = configText({ intervalSeconds: 60 });
  let collector: CollectorProcess = await startCollectorProcess({ dataFolder, configText: text });
  onTestFinished(() => collector.kill9());
  const first = createReportClient({ url: collector.url });
  const fleetOptions = { dataFolder, configPath: collector.configPath, client: first, agentCount, clock: systemClock };
  const senders = (await prepareFleet(fleetOptions)).map((member): Sender => ({ member, unacked: [], nextSeq: 1 }));
  first.close();
  const acked = new Set<string>();

  for (let round = 0; round < roundCount; round += 1) {
    const client = createReportClient({ url: collector.url, timeoutMs: 5000 });
    let killed = false;
    const before = acked.size;
    const sending = Promise.all(senders.map((sender) => sendUntilKilled(sender, client, acked, () => killed)));
    await waitUntil('a first acknowledgement', () => acked.size > before);
    // Then a moment that differs from round to round, from the first commit to hundreds later.
    await new Promise((next) => setTimeout(next, (round * 67) % 400));
    await collector.kill9();
    killed = true;
    await sending;
    client.close();
    collector = await startCollectorProcess({ dataFolder });
  }
  await collector.stop();

  const kept = keptReports(dataFolder).map((report) => reportName(report));
  const keptOnce = new Set(kept);
  expect(kept.length).toBe(keptOnce.size);
  expect([...acked].filter((name) => !keptOnce.has(name))).toEqual([]);
  expect([...keptOnce].filter((name) => !takenAtMs.has(name))).toEqual([]);
  expect(acked.size).toBeGreaterThan(roundCount * agentCount);
}, 180_000);
