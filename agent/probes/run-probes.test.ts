import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { systemClock } from '../../shared/clock.ts';
import { createLogger } from '../../shared/logger.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { createIcmpProbe } from './icmp.ts';
import type { Probe, ProbeResult } from './probe.ts';
import { probes } from './registry.ts';
import { createProbeRunner, type ProbeRunnerOptions } from './run-probes.ts';
import { tcpProbe } from './tcp.ts';

const lines: string[] = [];
const logger = createLogger(
  (line) => lines.push(line),
  () => 0,
);
const servers: Server[] = [];
afterEach(() => {
  lines.length = 0;
  for (const server of servers.splice(0)) server.close();
});

async function openPort(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => {}));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}
const runnerWith = (list: readonly Probe[], more: Partial<ProbeRunnerOptions> = {}) =>
  createProbeRunner({ probes: list, logger, clock: systemClock, ...more });
const target = (name: string, more: Partial<ProbeConfig> = {}): ProbeConfig => ({
  name,
  kind: 'fake',
  layer: 'wan',
  host: '127.0.0.1',
  packetCount: 1,
  timeoutSeconds: 1,
  ...more,
});
const up: ProbeResult = { state: 'up', sentCount: 1, receivedCount: 1, roundTripSeconds: 0.001 };
const noLink = { arp: '', ipv4Routes: '', liveInterfaces: [] };
const fake = (probe: Probe['probe']): Probe => ({ kind: 'fake', docs: 'fake', needsPort: false, probe });

describe('probe runner', () => {
  it('answers in the order of the targets, whoever is first, at most 16 at a time', async () => {
    let running = 0;
    let most = 0;
    const runner = runnerWith([
      fake(async ({ name }) => {
        most = Math.max(most, ++running);
        for (let turn = 0; turn < 20 - (Number(name) % 20); turn++) await new Promise(setImmediate);
        running--;
        return up;
      }),
    ]);
    const targets = Array.from({ length: 50 }, (_, index) => target(String(index)));

    expect((await runner.run(targets)).map(({ name }) => name)).toEqual(targets.map(({ name }) => name));
    expect(most).toBe(16);
  });

  it('has more workers for many targets, so that a thousand silent ones fit into a minute', async () => {
    let running = 0;
    let most = 0;
    const runner = runnerWith([
      fake(async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        return up;
      }),
    ]);
    await runner.run(Array.from({ length: 1000 }, (_, index) => target(String(index))));
    expect(most).toBe(84);
  });

  it('gives a probe the time that it says it may take', async () => {
    const slow: Probe = { ...fake(() => new Promise(() => {})), longestMs: () => 20 };
    expect(await runnerWith([slow]).run([target('slow')])).toMatchObject([{ reason: 'deadline-exceeded' }]);
  });

  it('says for whom a result speaks, and fits the report’s schema', async () => {
    const results = await runnerWith([fake(async () => up)]).run([
      target('a\u0007', { pd: 'dinkes', site: 'kantor', node: 'server-1', everySeconds: 300 }),
    ]);
    expect(results).toEqual([
      {
        name: 'a\uFFFD',
        kind: 'fake',
        layer: 'wan',
        pd: 'dinkes',
        site: 'kantor',
        node: 'server-1',
        target: '127.0.0.1',
        state: 'up',
        sentCount: 1,
        receivedCount: 1,
        roundTripSeconds: 0.001,
        everySeconds: 300,
      },
    ]);
    expect(schemaErrors('probes', results)).toEqual([]);
  });

  it('does not know, and says why, when a probe cannot be done', async () => {
    const broken = fake(async ({ name }) => {
      if (name === 'throws') throw new Error('broken');
      return new Promise(() => {});
    });
    const runner = runnerWith([broken, tcpProbe], { deadlineMs: () => 30 });
    const results = await runner.run([
      target('throws'),
      target('hangs'),
      target('odd', { kind: 'snmp' }),
      target('no port', { kind: 'tcp' }),
    ]);

    expect(results.map(({ state, reason, sentCount }) => [state, reason, sentCount])).toEqual([
      ['unknown', 'probe-failed', 0],
      ['unknown', 'deadline-exceeded', 0],
      ['unknown', 'unknown-probe-kind', 0],
      ['unknown', 'port-missing', 0],
    ]);
    expect(schemaErrors('probes', results)).toEqual([]);
  });

  it('tells a probe that its time is over', async () => {
    let reason: unknown;
    const runner = runnerWith(
      [
        fake(
          (_target, { signal }) =>
            new Promise((_, reject) => signal.addEventListener('abort', () => reject((reason = signal.reason)))),
        ),
      ],
      { deadlineMs: () => 20 },
    );
    await runner.run([target('slow')]);
    expect(reason).toMatchObject({ code: 'deadline-exceeded' });
  });

  it('says nothing about the others from its first round on while nothing at all answers', async () => {
    let state: 'up' | 'down' = 'down';
    const runner = runnerWith(
      [fake(async () => (state === 'up' ? up : { state, reason: 'no-answer', sentCount: 1, receivedCount: 0 }))],
      { readLinkTables: () => noLink },
    );
    const targets = [
      target('lan', { host: '10.0.0.1' }),
      target('a', { host: '10.1.1.1', pd: 'a' }),
      target('b', { host: '10.1.1.2', pd: 'b' }),
    ];
    const states = async () => (await runner.run(targets)).map((result) => result.state);

    expect(await states()).toEqual(['down', 'unknown', 'unknown']);
    state = 'up';
    expect(await states()).toEqual(['up', 'up', 'up']);
    state = 'down';
    expect(await states()).toEqual(['down', 'unknown', 'unknown']);
  });

  it('believes the ARP entry of a silent gateway only when it has had the time to expire', async () => {
    let nowMs = 0;
    let isSilent = true;
    const answer = async (): Promise<ProbeResult> =>
      isSilent ? { state: 'down', reason: 'no-answer', sentCount: 1, receivedCount: 0 } : up;
    const runner = runnerWith([fake(answer)], {
      clock: { monotonicMs: () => nowMs },
      readLinkTables: () => ({
        arp: '10.0.0.1 0x1 0x2 02:fc:00:00:00:05 * eth0\n',
        ipv4Routes: '',
        liveInterfaces: ['eth0'],
      }),
    });
    const targets = [target('lan', { host: '10.0.0.1' }), target('a', { host: '10.1.1.1', pd: 'a' })];
    const stateAt = async (atMs: number) => {
      nowMs = atMs;
      return (await runner.run(targets))[1]?.state;
    };

    expect(await stateAt(0)).toBe('unknown');
    expect(await stateAt(9_999)).toBe('unknown');
    expect(await stateAt(10_000)).toBe('down');
    isSilent = false;
    expect(await stateAt(60_000)).toBe('up');
    isSilent = true;
    expect(await stateAt(70_000)).toBe('unknown');
    expect(await stateAt(80_000)).toBe('down');
  });

  it('probes with the real registry', async () => {
    const port = await openPort();
    const results = await runnerWith(probes).run([
      target('one', { kind: 'tcp', port }),
      target('two', { kind: 'tcp', port }),
    ]);
    expect(results.map(({ name, state }) => [name, state])).toEqual([
      ['one', 'up'],
      ['two', 'up'],
    ]);
  });
});

describe('probe runner without a ping program', () => {
  const withoutPing = () => runnerWith([createIcmpProbe({ program: '/no/such/ping' }), tcpProbe]);

  it('takes a TCP connection instead, says so in the result, and once in the log', async () => {
    const runner = withoutPing();
    const icmp = target('wan', { kind: 'icmp', port: await openPort(), packetCount: 2 });
    const [result, second] = await runner.run([icmp, icmp]);
    await runner.run([icmp]);

    expect(result).toMatchObject({
      kind: 'tcp',
      state: 'up',
      reason: 'icmp-unavailable-used-tcp',
      sentCount: 2,
      receivedCount: 2,
    });
    expect(second?.state).toBe('up');
    expect(schemaErrors('probes', [result])).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ping cannot be used, probing by TCP instead');
  });

  it('takes a refusal for a sign of life, on the target’s port and on guessed ports', async () => {
    const port = await openPort();
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    const results = await withoutPing().run([
      target('wan', { kind: 'icmp', port }),
      // Nobody listens on the common ports of this address of the loopback network; the kernel refuses.
      target('lan', { kind: 'icmp', host: '127.77.77.77' }),
    ]);
    expect(results.map(({ state, reason, kind }) => [state, reason, kind])).toEqual([
      ['up', 'icmp-unavailable-used-tcp', 'tcp'],
      ['up', 'icmp-unavailable-used-tcp', 'tcp'],
    ]);
  });
});
