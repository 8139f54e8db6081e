import type { State } from '../../../shared/states.ts';
import type { Report } from '../../../shared/report-schema.ts';
import type { Notice } from '../../notify/notice.ts';
import type { AuditRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { judgingBench } from '../../../test/kit/judging-bench.ts';
import { probe, type TestAgent, testAgent } from '../../../test/kit/test-agent.ts';
import { minutes, vantage, widePemda } from '../../../test/kit/wide-pemda.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const lan = (state: State) => probe(state, { name: 'lan', layer: 'lan', target: '10.21.0.1' });

/** A machine that keeps its reports while the WAN is down. */
export function server(number = 0, key = 2, node = 'server-1') {
  const agent = testAgent({ key, pd: `pd-${number}`, site: 'kantor', node });
  let bootedAtMs = Date.parse('2026-11-01T00:00:00Z');
  let bootId = 'b007b007';
  let start = { session: 'session-0001', seq: 0 };
  const kept: Report[] = [];
  const take = (nowMs: number, gateway: State, queuedCount = kept.length): Report => {
    const uptimeSeconds = (nowMs - bootedAtMs) / 1000;
    const host = { bootId, bootedAt: new Date(bootedAtMs).toISOString(), uptimeSeconds };
    start.seq += 1;
    return agent.report(nowMs, { ...start, host, probes: [lan(gateway)], spool: { queuedCount, droppedCount: 0 } });
  };
  return {
    agent,
    take,
    keep: (nowMs: number, gateway: State) => void kept.push(take(nowMs, gateway)),
    boot(nowMs: number): void {
      bootedAtMs = nowMs;
      bootId = 'b007b008';
    },
    /** Its agent begins anew; the machine goes on. */
    restart(): void {
      start = { session: 'session-0002', seq: 0 };
    },
    drained: () => kept.splice(0),
  };
}

export type Server = ReturnType<typeof server>;

export async function benchOf(servers: readonly Server[], siteCount = 1) {
  const watcher = vantage();
  const agents: TestAgent[] = [watcher, ...servers.map(({ agent }) => agent)];
  const notices: Notice[] = [];
  const audit: AuditRow[] = [];
  const wrap = (store: Store): Store => ({
    ...store,
    saveJudgement(changes) {
      notices.push(...changes.outbox.map(({ notice }) => notice));
      audit.push(...(changes.audit ?? []));
      return store.saveJudgement(changes);
    },
    settleIncident(incident, entry, events) {
      audit.push(entry);
      return store.settleIncident(incident, entry, events);
    },
  });
  const bench = await judgingBench({ config: widePemda({ siteCount }), agents, startsAtMs, wrap });
  const send = async (which: Server, reports: readonly Report[]) => void (await bench.send(which.agent, reports));
  /** The WAN is there and everybody reports. */
  const well = (count: number) =>
    minutes(
      bench,
      watcher,
      count,
      () => 'up',
      async () => {
        for (const each of servers) await send(each, [each.take(bench.clock.nowMs(), 'up', 0)]);
      },
    );
  /** The WAN is down; what the machines do is told by `during`. */
  const dark = (count: number, during: (each: Server, minute: number) => void) =>
    minutes(
      bench,
      watcher,
      count,
      () => 'down',
      async (minute) => {
        for (const each of servers) during(each, minute);
      },
    );
  /** The WAN is there, nobody has reported yet; then the newest comes, and a minute later what was kept. */
  const back = async () => {
    await minutes(bench, watcher, 2, () => 'up');
    for (const each of servers) await send(each, [each.take(bench.clock.nowMs(), 'up')]);
    await minutes(bench, watcher, 1, () => 'up');
    for (const each of servers) {
      const reports = each.drained();
      if (reports.length > 0) await send(each, reports);
    }
    await well(3);
  };
  const cause = async () => {
    const [row] = await bench.store.loadIncidents({});
    return [row?.cause, row?.settledCause, row?.revision, row?.settleByMs === undefined];
  };
  return { bench, watcher, well, dark, back, cause, notices, audit };
}
