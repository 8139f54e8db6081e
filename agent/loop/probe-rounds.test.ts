import { expect, it } from 'vitest';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import { ProbeRounds } from './probe-rounds.ts';

const target = (name: string, everySeconds?: number): ProbeConfig => ({
  name,
  kind: 'icmp',
  layer: 'wan',
  host: '10.0.0.1',
  packetCount: 5,
  timeoutSeconds: 2,
  ...(everySeconds === undefined ? {} : { everySeconds }),
});

/** Rounds that end when the test says so. */
function heldRounds() {
  const waiting: (() => void)[] = [];
  const run = async (targets: readonly ProbeConfig[]): Promise<ReportProbe[]> => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return targets.map(({ name, kind, layer, host, everySeconds }) => ({
      name,
      kind,
      layer,
      target: host,
      state: 'down',
      reason: 'no-answer',
      sentCount: 5,
      receivedCount: 0,
      ...(everySeconds === undefined ? {} : { everySeconds }),
    }));
  };
  return { rounds: new ProbeRounds({ run }, { monotonicMs: () => 0 }), endRound: () => waiting.shift()?.() };
}

it('says of a round in time nothing about its rhythm, and of one that outlasted reports how rare it is', async () => {
  const { rounds, endRound } = heldRounds();
  const inTime = rounds.look([target('wan')], { intervalSeconds: 5, waitMs: 60_000 });
  endRound();
  const [first] = await inTime;
  expect(first).toMatchObject({ name: 'wan', state: 'down' });
  expect(first).not.toHaveProperty('everySeconds');

  expect(await rounds.look([target('wan')], { intervalSeconds: 5, waitMs: 1 })).toEqual([]);
  expect(await rounds.look([target('wan')], { intervalSeconds: 5, waitMs: 1 })).toEqual([]);
  const late = rounds.look([target('wan')], { intervalSeconds: 5, waitMs: 60_000 });
  endRound();
  expect(await late).toMatchObject([{ name: 'wan', everySeconds: 15 }]);
});

it('leaves a rarer rhythm of its own', async () => {
  const { rounds, endRound } = heldRounds();
  expect(await rounds.look([target('spl', 300), target('wan')], { intervalSeconds: 60, waitMs: 1 })).toEqual([]);
  const late = rounds.look([target('spl', 300), target('wan')], { intervalSeconds: 60, waitMs: 60_000 });
  endRound();

  expect((await late).map(({ name, everySeconds }) => [name, everySeconds])).toEqual([
    ['spl', 300],
    ['wan', 120],
  ]);
});

it('probes nothing without a target', async () => {
  const { rounds } = heldRounds();

  expect(await rounds.look([], { intervalSeconds: 60, waitMs: 60_000 })).toEqual([]);
});
