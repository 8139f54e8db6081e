import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probe, type TestAgent } from '../kit/test-agent.ts';
import { expectStillWorks, problem, problemIn, signed } from './answers.ts';
import { badCases } from './bad-cases.ts';
import { fullEnvelope, partsOf, pointerOf, withPart } from './full-envelope.ts';
import { type RealCollector, startRealCollector } from './real-collector.ts';

let collector: RealCollector;
let other: TestAgent;
let agents: readonly TestAgent[];
let nextAgent = 0;

beforeAll(async () => {
  collector = await startRealCollector(8);
  [other, ...agents] = collector.agents as [TestAgent, ...TestAgent[]];
});
afterAll(() => collector.stop());

/** Another one each time, so that the rate limit is not what answers. */
function anAgent(): TestAgent {
  nextAgent += 1;
  return agents[nextAgent % agents.length] ?? other;
}

describe('a bad report', () => {
  it('comes in more than sixty kinds', () => {
    expect(new Set(badCases.map(({ name }) => name)).size).toBe(badCases.length);
    expect(badCases.length).toBeGreaterThan(60);
  });

  it.each(badCases)('is refused, counted and changes nothing: $name', async (bad) => {
    const { status, code, field } = bad;
    const before = await collector.state();
    const counted = await collector.refusedCount(code);

    const answer = await collector.send(bad.wire(anAgent(), Date.now(), other));

    expect(problemIn(answer)).toEqual(problem(code, status, field));
    expect(await collector.refusedCount(code)).toBe(counted + 1);
    expect(await collector.state()).toEqual(before);
  });

  it('names every field that has a wrong type', async () => {
    const before = await collector.state();
    const wrong: string[] = [];
    let count = 0;
    for (const { path, value } of partsOf(fullEnvelope(other, Date.now()))) {
      const agent = anAgent();
      const bad = typeof value === 'object' ? 'text' : [];
      const answer = await collector.send(signed(agent, withPart(fullEnvelope(agent, Date.now()), path, bad)));
      const { status, field } = problemIn(answer);
      if (status !== 422 || field !== pointerOf(path))
        wrong.push(`${pointerOf(path)}: ${String(status)} ${String(field)}`);
      count += 1;
    }

    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(90);
    expect(await collector.state()).toEqual(before);
  });

  it('names the part that lacks a field', async () => {
    const wrong: string[] = [];
    const before = await collector.state();
    const agent = anAgent();
    for (const path of requiredPaths) {
      const answer = await collector.send(signed(agent, withPart(fullEnvelope(agent, Date.now()), path, undefined)));
      const { status, field } = problemIn(answer);
      const part = path.length === 1 ? '/' : pointerOf(path.slice(0, -1));
      const names = answer?.text.includes(String(path.at(-1))) === true;
      if (status !== 422 || field !== part || !names)
        wrong.push(`${pointerOf(path)}: ${String(status)} ${String(field)}`);
    }

    expect(wrong).toEqual([]);
    expect(await collector.state()).toEqual(before);
  });

  it('leaves the collector as able as before', () => expectStillWorks(collector, anAgent()));
});

const requiredPaths = [
  ...['schema', 'agent', 'sentAt', 'bootId', 'uptimeSeconds', 'reports'].map((name) => [name]),
  ...['session', 'seq', 'takenAt', 'intervalSeconds', 'host', 'spool'].map((name) => ['reports', 0, name]),
  ...['bootId', 'bootedAt', 'uptimeSeconds'].map((name) => ['reports', 0, 'host', name]),
  ...['name', 'kind', 'layer', 'target', 'state', 'sentCount', 'receivedCount'].map((name) => [
    'reports',
    0,
    'probes',
    0,
    name,
  ]),
  ...['dataset', 'source', 'outcome'].map((name) => ['reports', 0, 'backups', 0, name]),
  ...['queuedCount', 'droppedCount'].map((name) => ['reports', 0, 'spool', name]),
];

describe('a strange but valid report', () => {
  it('sent again with the same bytes is answered like the first time and counted once', async () => {
    const agent = anAgent();
    const wire = signed(agent, agent.envelope([agent.report(Date.now())], Date.now()));
    const first = JSON.parse((await collector.send(wire))?.text ?? '') as Record<string, unknown>;
    const [accepted, duplicate] = ((await collector.state()) as { accepted: number[] }).accepted;
    const again = await Promise.all([1, 2, 3].map(() => collector.send(wire)));

    expect(first).toMatchObject({ acceptedCount: 1, duplicateCount: 0 });
    for (const answer of again) {
      expect(JSON.parse(answer?.text ?? '')).toEqual({ ...first, acceptedCount: 0, duplicateCount: 1 });
    }
    expect(((await collector.state()) as { accepted: number[] }).accepted).toEqual([accepted, (duplicate ?? 0) + 3]);
  });

  it('may say -0, and means 0', async () => {
    const agent = anAgent();
    const body = Buffer.from(
      JSON.stringify(agent.envelope([agent.report(Date.now())], Date.now())).replace(
        '"queuedCount":0',
        '"queuedCount":-0',
      ),
    );

    expect((await collector.send({ headers: agent.sign(body), body }))?.status).toBe(200);
  });

  it('may bear names of any script and of any meaning elsewhere: they are shown as text', async () => {
    const agent = anAgent();
    const names = [
      '__proto__',
      'constructor',
      '"} 1',
      '\\',
      "'; DROP TABLE reports; --",
      '<b>',
      '🦟',
      '\u202e',
      '\u2028',
    ];
    const interfaces = names.map((name) => ({ name, up: true, receiveBytes: 1, transmitBytes: 1 }));
    const probes = names.map((name) => ({
      ...probe('up'),
      name,
      target: name,
    }));
    const data = fullEnvelope(agent, Date.now(), { seq: 4000, interfaces, probes });

    expect((await collector.send(signed(agent, data)))?.status).toBe(200);
    const links = await collector.api.list<{ node: string; target: string }>('links');
    expect(links.filter((link) => link.node === agent.row.node).map((link) => link.target)).toEqual(names);
    expect(
      (await collector.api.metrics())
        .split('\n')
        .filter((line) => !/^(#[^\n]*|[a-z0-9_]+(\{[^\n]*\})? \S+|)$/.test(line)),
    ).toEqual([]);
  });

  it('does not let the bad clock of one agent keep the reports of others from being written', async () => {
    // Both wait for the same commit; the one must not be able to break it.
    const [one, two] = [anAgent(), anAgent()];
    const odd = { ...one.envelope([one.report(Date.now())], Date.now()), sentAt: '0000-01-01T00:00:00Z' };
    const fine = two.envelope([two.report(Date.now())], Date.now());
    const answers = await Promise.all([collector.send(signed(one, odd)), collector.send(signed(two, fine))]);

    expect(answers.map((answer) => answer?.status)).toEqual([200, 200]);
  });
});

describe('in the end', () => {
  it('the collector stops as it should', async () => {
    expect(await collector.stop()).toBe(0);
  });
});
