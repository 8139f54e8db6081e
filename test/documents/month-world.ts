import { vi } from 'vitest';
import type { PantauConfig } from '../../collector/config/schema.ts';
import type { Report, ReportBackup, ReportProbe } from '../../shared/report-schema.ts';
import { rollUp } from '../kit/history-reports.ts';
import { type JudgingBench, judgingBench } from '../kit/judging-bench.ts';
import {
  arrival,
  backup,
  holding,
  probe,
  restoreTest,
  routerReading,
  type TestAgent,
  testAgent,
  vaultScan,
} from '../kit/test-agent.ts';
import { monthConfig } from './month-config.ts';
import {
  agentEveryMs,
  completedAtMs,
  dayCount,
  dayMs,
  dayOf,
  departmentCount,
  type DepartmentPlan,
  downloadRate,
  endsAtMs,
  hourMs,
  isIn,
  isOff,
  minuteMs,
  type Plan,
  startsAtMs,
  vantageEveryMs,
} from './month-plan.ts';

export interface MonthWorld {
  bench: JudgingBench;
  config: PantauConfig;
}

const bootedAtMs = Date.parse('2026-09-01T00:00:00Z');

/** Lets a month pass: everything that the plan says is measured, signed, sent when there is a line, and judged. */
export async function liveThrough(plan: Plan): Promise<MonthWorld> {
  const config = monthConfig(plan);
  const vantage = testAgent({
    key: 1,
    pd: 'diskominfo',
    site: 'pusat-data',
    node: 'pemantau',
    roles: ['vantage', 'vault'],
    intervalSeconds: vantageEveryMs / 1000,
    bootedAtMs,
  });
  const agents = plan.departments.map(({ id }, number) =>
    testAgent({ key: number + 2, pd: id, site: 'kantor', intervalSeconds: agentEveryMs / 1000, bootedAtMs }),
  );
  const bench = await judgingBench({ config, agents: [vantage, ...agents], startsAtMs });
  const spools = plan.departments.map((): Report[] => []);
  for (let atMs = startsAtMs; atMs < endsAtMs; atMs += vantageEveryMs) {
    const sending: Promise<unknown>[] = [];
    if (!isIn([plan.vantageOff], atMs)) sending.push(...send(bench, vantage, [vantageReport(vantage, plan, atMs)]));
    if ((atMs - startsAtMs) % agentEveryMs === 0) {
      for (const [number, department] of plan.departments.entries()) {
        const agent = agents[number];
        const spool = spools[number];
        if (agent === undefined || spool === undefined || isOff(department, atMs)) continue;
        spool.push(agentReport(agent, department, atMs));
        if (!isIn(department.wanOutages, atMs)) sending.push(...send(bench, agent, spool.splice(0).toReversed()));
      }
    }
    await settle(bench, sending);
    if ((atMs - startsAtMs) % dayMs === 0) await rollUp(bench.store);
    await bench.pass(vantageEveryMs, vantageEveryMs);
  }
  await rollUp(bench.store);
  vi.useRealTimers();
  return { bench, config };
}

/** The newest first, as a spool drains, at most fifty at a time. */
function send(bench: JudgingBench, agent: TestAgent, reports: readonly Report[]): Promise<unknown>[] {
  const sent: Promise<unknown>[] = [];
  for (let at = 0; at < reports.length; at += 50) {
    const body = Buffer.from(JSON.stringify(agent.envelope(reports.slice(at, at + 50), bench.clock.nowMs())));
    const signature = agent.sign(body)['x-pantau-signature'];
    const answer = bench.intake.accept({
      agent: agent.id,
      signature,
      encoding: 'identity',
      body,
      remoteAddress: undefined,
    });
    answer.catch(() => {});
    sent.push(answer);
  }
  return sent;
}

async function settle(bench: JudgingBench, sending: readonly Promise<unknown>[]): Promise<void> {
  await vi.advanceTimersByTimeAsync(60);
  await Promise.all(sending);
  await vi.advanceTimersByTimeAsync(150);
  await bench.judging.settled();
}

function vantageReport(vantage: TestAgent, plan: Plan, atMs: number): Report {
  const probes = plan.departments.map(({ id, wanOutages }, number): ReportProbe => {
    const target = `10.21.${number}.1`;
    return probe(isIn(wanOutages, atMs) ? 'down' : 'up', { name: `wan/${id}/kantor`, pd: id, site: 'kantor', target });
  });
  const routers = plan.departments.slice(0, departmentCount).flatMap((department, number) => {
    if (department.busyShare === undefined) return [];
    const seconds = vantageEveryMs / 1000;
    const bytes = downloadRate(department, atMs) * seconds;
    return [
      routerReading(atMs, {
        address: `10.21.${number}.1`,
        previousTakenAt: new Date(atMs - vantageEveryMs).toISOString(),
        pd: department.id,
        site: 'kantor',
        interfaces: [
          {
            name: 'ether1',
            up: true,
            epoch: 1,
            isWan: true,
            receiveGrowthBytes: bytes,
            transmitGrowthBytes: bytes / 10,
          },
        ],
      }),
    ];
  });
  const owned = plan.departments.filter(({ hasDataset }) => hasDataset);
  const day = dayOf(atMs);
  const arrivedAtMs = completedAtMs(day) + 5 * minuteMs;
  const isLook = atMs - vantageEveryMs < arrivedAtMs && arrivedAtMs <= atMs;
  const arrivals = owned
    .filter(({ backups }) => isLook && eventOf(backups, day) === 'arrived')
    .map(({ id }) => arrival(arrivedAtMs, { ...objectOf(day), pd: id, dataset: 'data' }));
  const holdings = isLook ? owned.map(({ id }) => holding({ pd: id, dataset: 'data', copyCount: 30 })) : [];
  return vantage.report(atMs, { probes, routers, arrivals, holdings, vaultScans: [vaultScan(atMs)] });
}

/** Before the month every backup was made. */
function eventOf(backups: DepartmentPlan['backups'], day: number): DepartmentPlan['backups'][number] {
  return day < 0 || day >= dayCount ? 'arrived' : (backups[day] ?? 'absent');
}

function objectOf(day: number): { objectName: string; sizeBytes: number } {
  return { objectName: `data-${day}.tar`, sizeBytes: 1_000_000 + day };
}

function agentReport(agent: TestAgent, plan: DepartmentPlan, atMs: number): Report {
  const lan = probe(isIn(plan.lanOutages, atMs) ? 'down' : 'up', { name: 'lan', layer: 'lan', target: '10.21.0.254' });
  const day = dayOf(atMs);
  const isAfter = (doneAtMs: number) => atMs - agentEveryMs < doneAtMs && doneAtMs <= atMs;
  const backups = plan.hasDataset && isAfter(completedAtMs(day)) ? claimsOf(eventOf(plan.backups, day), day) : [];
  const tests = plan.restoreTests.filter((test) => isAfter(completedAtMs(test.day) + 6 * hourMs));
  const restoreTests = tests.map(({ outcome }) => restoreTest(atMs - minuteMs, { dataset: 'data', outcome }));
  return agent.report(atMs, { probes: [lan], backups, restoreTests });
}

function claimsOf(event: DepartmentPlan['backups'][number], day: number): ReportBackup[] {
  const claim = backup(completedAtMs(day), { dataset: 'data', ...objectOf(day) });
  if (event === 'arrived' || event === 'claimed') return [claim];
  if (event === 'absent') return [];
  const { objectName: _, sizeBytes: __, ...failed } = claim;
  return [{ ...failed, outcome: 'failed', exitCode: 1, runId: `job-${day}` }];
}
