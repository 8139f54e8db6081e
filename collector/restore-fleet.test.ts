import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report, ReportRestoreTest } from '../shared/report-schema.ts';
import { fakeClock } from '../test/kit/fake-clock.ts';
import { temporaryFolder } from '../test/kit/temporary-folder.ts';
import { arrival, backup, holding, probe, type TestAgent, testAgent, vaultScan } from '../test/kit/test-agent.ts';
import type { DatasetFacts } from './facts/dataset-facts.ts';
import type { Fleet } from './facts/fleet.ts';
import type { VaultFacts } from './facts/vault-facts.ts';
import { createIntake } from './intake/intake.ts';
import { silentLogger } from '../shared/logger.ts';
import { restoreFleet } from './restore-fleet.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { ClaimRow } from './store/rows.ts';
import type { Store } from './store/store.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');

/** What rules can see. How far a run of rounds has come starts again, as does a round that the newest report lacks. */
function visible(fleet: Fleet) {
  return [...fleet.agents()].map(({ row, present, links }) => ({
    row,
    network: fleet.networks.of(row.key),
    // Since when it was heard without a gap is of the process that heard it.
    present: present && { ...present, freshSinceMs: 0 },
    links: [...links.values()]
      .map(({ probe, pd, site, layer, target, state, sinceMs, ...round }) => {
        const { reason, lastRoundAtMs, roundTripSeconds, lossRatio, lastUpAtMs, unstableSinceMs } = round;
        const isLatest = present?.report.probes?.some(({ name }) => name === probe) === true;
        const last = isLatest ? { reason, lastRoundAtMs, roundTripSeconds, lossRatio } : {};
        const ever = { hasAnswered: lastUpAtMs !== undefined, unstableSinceMs };
        return { probe, pd, site, layer, target, state, sinceMs, ...ever, ...last };
      })
      .toSorted((a, b) => a.probe.localeCompare(b.probe)),
    dataset: seen(fleet.dataset(`${row.pd}/simpus`)),
    inVaults: seenInVaults(fleet.inVaults(`${row.pd}/simpus`)),
    scan: fleet.vaultScan('brankas'),
  }));
}

/** A claim that is only made again is not written again, so who made it first and last is not known any more. */
function seen(facts: DatasetFacts | undefined) {
  const look = facts?.lastLook;
  const told = (claims: readonly ClaimRow[] = []) =>
    claims.map(({ observedAtMs: _at, record: _of, ...claim }) => claim);
  const { successes, failures, starts } = facts ?? {};
  return {
    successes: told(successes),
    failures: told(failures),
    starts: told(starts),
    look: look && [look.outcome, look.reason, look.agentKey],
  };
}

/** An object that is only seen again is not written again, so when it was last seen is not known any more. */
function seenInVaults(facts: VaultFacts | undefined) {
  return { ...facts, arrivals: facts?.arrivals.map(({ observedAtMs: _at, record: _of, ...arrival }) => arrival) };
}

async function enrolled(store: Store, agent: TestAgent, name: string): Promise<void> {
  const token = { secretHash: name, pd: agent.row.pd, site: agent.row.site, roles: agent.row.roles };
  await store.addToken({ ...token, createdAtMs: 0, expiresAtMs: startsAtMs * 2 });
  await store.enrol(name, { id: agent.id, node: agent.row.node, publicKey: agent.row.publicKey }, startsAtMs);
}

const step = fc.record({
  agent: fc.nat({ max: 1 }),
  session: fc.nat({ max: 1 }),
  minutes: fc.integer({ min: 0, max: 8 }),
  ageMinutes: fc.constantFrom(0, 0, 0, 1, 2, 30, 2000),
  probes: fc.array(fc.tuple(fc.constantFrom('lan', 'wan'), fc.constantFrom('up', 'down', 'unknown')), { maxLength: 2 }),
  backupDay: fc.option(fc.nat({ max: 20 }), { nil: undefined }),
  outcome: fc.constantFrom(
    'ok' as const,
    'ok' as const,
    'warning' as const,
    'failed' as const,
    'running' as const,
    'unknown' as const,
  ),
  inVault: fc.option(
    fc.record({
      day: fc.nat({ max: 20 }),
      state: fc.constantFrom('present' as const, 'damaged' as const, 'gone' as const),
    }),
    { nil: undefined },
  ),
  test: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
  together: fc.boolean(),
});

/** A late report saw a run before the report that told of it first. */
const lateWitness: StepOf[] = [0, 8, 8].map((backupDay, index) => ({
  agent: 0,
  session: 0,
  minutes: 0,
  ageMinutes: index === 2 ? 2000 : 0,
  probes: [],
  backupDay,
  outcome: 'running',
  inVault: undefined,
  test: undefined,
  together: false,
}));

describe('a collector that starts again', () => {
  it('knows what it knew before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const path = join(temporaryFolder(), 'pantau.db');
        const store = openSqliteStore(path);
        const agents = [testAgent({ key: 1, roles: ['vault'] }), testAgent({ key: 2, node: 'server-2' })];
        for (const [index, agent] of agents.entries()) await enrolled(store, agent, `token ${index}`);
        const fleet = await restoreFleet(store);
        const clock = fakeClock(startsAtMs);
        const intake = createIntake({
          fleet,
          store,
          clock,
          logger: silentLogger,
          configVersionOf: () => '',
          onTouched: () => {},
          count: () => {},
        });
        let waiting: Promise<unknown>[] = [];
        for (const [index, each] of steps.entries()) {
          clock.advanceMs(each.minutes * 60_000 + 7);
          const agent = agents[each.agent];
          if (agent === undefined) continue;
          const report = reportOf(agent, each, clock.nowMs(), index + 1);
          const body = Buffer.from(JSON.stringify(agent.envelope([report], clock.nowMs())));
          const signature = agent.sign(body)['x-pantau-signature'];
          waiting.push(intake.accept({ agent: agent.id, signature, encoding: 'identity', body }));
          if (each.together) continue;
          await Promise.all(waiting);
          waiting = [];
        }
        await Promise.all(waiting);
        await intake.close();
        const before = visible(fleet);
        await store.close();

        const again = openSqliteStore(path);
        expect(visible(await restoreFleet(again))).toEqual(before);
        await again.close();
      }),
      { numRuns: 40, examples: [[lateWitness]] },
    );
  }, 120_000);
});

function reportOf(
  agent: TestAgent,
  { session, ageMinutes, probes, backupDay, outcome, inVault, test }: StepOf,
  nowMs: number,
  seq: number,
): Report {
  const takenAtMs = nowMs - ageMinutes * 60_000;
  const completed = startsAtMs - 86_400_000 * (3 + (backupDay ?? 0));
  return agent.report(takenAtMs, {
    seq,
    session: `session-000${session}`,
    ...(probes.length === 0 ? {} : { probes: probes.map(([name, state]) => probe(state as 'up', { name })) }),
    ...(backupDay === undefined
      ? {}
      : {
          network: { gateways: [], addresses: [{ interface: 'eth0', cidr: `10.20.5.${backupDay}/24` }] },
          backups: [
            outcome === 'ok' || outcome === 'warning'
              ? backup(completed, { outcome })
              : { dataset: 'simpus', source: 'command', outcome, reason: 'x', runId: `run-${backupDay}` },
          ],
        }),
    ...(inVault === undefined ? {} : vaultParts(inVault, takenAtMs)),
    ...(test === undefined ? {} : { restoreTests: [restoreTest(test)] }),
  });
}

function vaultParts({ day, state }: NonNullable<StepOf['inVault']>, takenAtMs: number): Partial<Report> {
  return {
    arrivals: [arrival(startsAtMs - 86_400_000 * (3 + day), { state })],
    holdings: [holding({ copyCount: day })],
    vaultScans: [vaultScan(takenAtMs)],
  };
}

function restoreTest(number: number): ReportRestoreTest {
  const at = new Date(startsAtMs - 3_600_000 * (number + 50)).toISOString();
  const [startedAt, completedAt] = [at, at];
  return { dataset: 'simpus', drill: 'restic', runId: `test-${number}`, outcome: 'ok', startedAt, completedAt };
}

type StepOf = typeof step extends fc.Arbitrary<infer Step> ? Step : never;
