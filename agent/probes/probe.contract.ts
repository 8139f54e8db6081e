import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { systemClock } from '../../shared/clock.ts';
import { silentLogger } from '../../shared/logger.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { createNamespace, type Namespace, namespaceObstacle, runInNamespace } from './namespace-for-tests.ts';
import type { Probe, ProbeResult } from './probe.ts';
import { createProbeRunner } from './run-probes.ts';

export interface ContractBench {
  /** Imports the same probe under the name `probe`, for a process of its own. */
  importStatement: string;
  /** Why the probe cannot be tried on this machine, if it cannot. */
  obstacle?: string | undefined;
  /** Starts what the probe finds up on 127.0.0.1; a TCP server unless told. */
  serve?: () => Promise<Served>;
  /** What the probe must be told besides the host and the port. */
  settings?: Partial<ProbeConfig>;
  /** Packets that count in a round of three; all of them unless told. */
  sentCount?: number;
  /** Phases of a round that went well, beside the resolving of a name. */
  phases?: readonly string[];
  /** What silence is called. */
  silence: 'timeout' | 'no-answer';
}

export interface Served {
  port: number;
  close(): Promise<unknown>;
}

/** What every probe must do; each probe's own test calls it. */
export function probeContract(probe: Probe, bench: ContractBench): void {
  const { obstacle, settings, sentCount = 3, phases = [], serve = serveTcp } = bench;
  const base = {
    name: 'target',
    kind: probe.kind,
    layer: 'wan',
    packetCount: 3,
    timeoutSeconds: 1,
    ...settings,
  } as const;
  const check = (target: ProbeConfig, signal: AbortSignal = new AbortController().signal) =>
    probe.probe(target, { signal });
  const asReport = ({ kind = probe.kind, ...result }: ProbeResult) => ({
    name: 'target',
    kind,
    layer: 'wan',
    target: '127.0.0.1',
    ...result,
  });

  describe.skipIf(obstacle !== undefined)(`contract of the probe ${probe.kind}${skipNote(obstacle)}`, () => {
    let served: Served;
    beforeEach(async () => {
      served = await serve();
    });
    afterEach(() => served.close());

    it('finds a target that answers up, with all packets and a round trip of less than a second', async () => {
      const result = await check({ ...base, host: '127.0.0.1', port: served.port });
      expect(result).toMatchObject({ state: 'up', sentCount, receivedCount: sentCount });
      expect(result).not.toHaveProperty('reason');
      expect(result.roundTripSeconds).toBeGreaterThan(0);
      expect(result.roundTripSeconds).toBeLessThan(1);
      expect(Object.keys(result.phases ?? {}).toSorted()).toEqual([...phases].toSorted());
      expect(schemaErrors('probes', [asReport(result)])).toEqual([]);
    });

    it('ends at once when it is aborted before or meanwhile', async () => {
      const gone = new AbortController();
      gone.abort(new Error('stop'));
      await expect(check({ ...base, host: '127.0.0.1', port: served.port }, gone.signal)).rejects.toThrow('stop');

      const controller = new AbortController();
      const running = check({ ...base, host: '127.0.0.1', port: served.port, packetCount: 20 }, controller.signal);
      controller.abort(new Error('stop now'));
      const beganAtMs = performance.now();
      await expect(running).rejects.toThrow('stop now');
      expect(performance.now() - beganAtMs).toBeLessThan(1000);
    });

    it('is not waited for beyond its deadline', async () => {
      const runner = createProbeRunner({
        probes: [probe],
        logger: silentLogger,
        clock: systemClock,
        deadlineMs: () => 1,
      });
      const [result] = await runner.run([{ ...base, host: '127.0.0.1', port: served.port, packetCount: 20 }]);
      expect(result).toMatchObject({ state: 'unknown', reason: 'deadline-exceeded', sentCount: 0, receivedCount: 0 });
    });
  });

  unreachableContract(probe, { ...bench, obstacle: obstacle ?? namespaceObstacle() });
}

async function serveTcp(): Promise<Served> {
  const server: Server = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** What a probe of a port must do besides. */
export function refusalContract(probe: Probe, { serve = serveTcp, settings }: ContractBench): void {
  it(`probe ${probe.kind} finds a target down that refuses, and says so`, async () => {
    const served = await serve();
    await served.close();
    const target = {
      name: 't',
      kind: probe.kind,
      layer: 'wan',
      host: '127.0.0.1',
      port: served.port,
      ...settings,
    } as const;
    const options = { signal: new AbortController().signal };
    expect(await probe.probe({ ...target, packetCount: 3, timeoutSeconds: 1 }, options)).toEqual({
      state: 'down',
      reason: 'connection-refused',
      sentCount: 3,
      receivedCount: 0,
    });
  });
}

/** Silence and missing routes, in a network of their own so that no packet leaves the machine. */
function unreachableContract(probe: Probe, bench: ContractBench): void {
  const { importStatement, obstacle, settings, sentCount = 3, silence } = bench;
  describe.skipIf(obstacle !== undefined)(`probe ${probe.kind} without an answer${skipNote(obstacle)}`, () => {
    let namespace: Namespace;
    beforeEach(() => {
      namespace = createNamespace();
      namespace.ip('link', 'set', 'lo', 'up');
      namespace.ip('link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
      namespace.ip('address', 'add', '192.0.2.1/24', 'dev', 'veth0');
      namespace.ip('link', 'set', 'veth0', 'up');
      namespace.ip('link', 'set', 'veth1', 'up');
      // The neighbour is entered by hand, so packets to it are sent and vanish.
      namespace.ip('neighbour', 'add', '192.0.2.9', 'lladdr', '02:00:00:00:00:09', 'dev', 'veth0');
    });
    afterEach(() => {
      namespace.remove();
    });
    const probeInside = (host: string) => {
      const target = { name: 't', kind: probe.kind, layer: 'wan', packetCount: 3, timeoutSeconds: 1, port: 443, host };
      return runInNamespace<ProbeResult & { tookMs: number }>(
        namespace.name,
        `${importStatement}
         const target = ${JSON.stringify({ ...target, ...settings })};
         const beganAtMs = performance.now();
         const result = await probe.probe(target, { signal: new AbortController().signal });
         console.log(JSON.stringify({ ...result, tookMs: performance.now() - beganAtMs }));`,
      );
    };
    const nothing = { state: 'down', sentCount, receivedCount: 0 };

    it('finds a silent target down, in bounded time', async () => {
      const { tookMs, ...result } = await probeInside('192.0.2.9');
      expect(result).toEqual({ ...nothing, reason: silence });
      expect(tookMs).toBeLessThan(5000);
    });

    it('finds a name down that nobody resolves', async () => {
      expect(await probeInside('no-such-host.invalid')).toMatchObject({ ...nothing, reason: 'name-not-resolved' });
    });

    it('finds a target to which there is no way down', async () => {
      expect(await probeInside('198.51.100.7')).toMatchObject({ ...nothing, reason: 'unreachable' });
    });
  });
}

function skipNote(obstacle: string | undefined): string {
  return obstacle === undefined ? '' : ` (skipped: ${obstacle})`;
}
