import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { createNamespace, type Namespace, namespaceObstacle, runInNamespace } from './namespace-for-tests.ts';
import type { Probe, ProbeResult } from './probe.ts';

/**
 * What every probe must do; each probe's own test calls it.
 * @param importStatement imports the same probe under the name `probe`, for a process of its own.
 * @param obstacle why the probe cannot be tried on this machine, if it cannot.
 */
export function probeContract(probe: Probe, importStatement: string, obstacle?: string): void {
  const base = { name: 'target', kind: probe.kind, layer: 'wan', packetCount: 3, timeoutSeconds: 1 } as const;
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
    let server: Server;
    let port: number;
    beforeEach(async () => {
      server = createServer((socket) => socket.on('error', () => {}));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as { port: number }).port;
    });
    afterEach(async () => {
      await new Promise((resolve) => server.close(resolve));
    });

    it('finds a target that answers up, with all packets and a round trip of less than a second', async () => {
      const result = await check({ ...base, host: '127.0.0.1', port });
      expect(result).toMatchObject({ state: 'up', sentCount: 3, receivedCount: 3 });
      expect(result).not.toHaveProperty('reason');
      expect(result.roundTripSeconds).toBeGreaterThan(0);
      expect(result.roundTripSeconds).toBeLessThan(1);
      expect(schemaErrors('probes', [asReport(result)])).toEqual([]);
    });

    it('ends at once when it is aborted before or meanwhile', async () => {
      const gone = new AbortController();
      gone.abort(new Error('stop'));
      await expect(check({ ...base, host: '127.0.0.1', port }, gone.signal)).rejects.toThrow('stop');

      const controller = new AbortController();
      const running = check({ ...base, host: '127.0.0.1', port, packetCount: 20 }, controller.signal);
      controller.abort(new Error('stop now'));
      const beganAtMs = performance.now();
      await expect(running).rejects.toThrow('stop now');
      expect(performance.now() - beganAtMs).toBeLessThan(1000);
    });
  });

  unreachableContract(probe, importStatement, obstacle ?? namespaceObstacle());
}

/** Silence and missing routes, in a network of their own so that no packet leaves the machine. */
function unreachableContract(probe: Probe, importStatement: string, obstacle: string | undefined): void {
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
    const probeInside = (host: string) =>
      runInNamespace<ProbeResult & { tookMs: number }>(
        namespace.name,
        `${importStatement}
         const target = { name: 't', kind: probe.kind, layer: 'wan', packetCount: 3, timeoutSeconds: 1, port: 443, host: ${JSON.stringify(host)} };
         const beganAtMs = performance.now();
         const result = await probe.probe(target, { signal: new AbortController().signal });
         console.log(JSON.stringify({ ...result, tookMs: performance.now() - beganAtMs }));`,
      );

    it('finds a silent target down, in bounded time', async () => {
      const { tookMs, ...result } = await probeInside('192.0.2.9');
      expect(result).toEqual({
        state: 'down',
        reason: probe.kind === 'tcp' ? 'timeout' : 'no-answer',
        sentCount: 3,
        receivedCount: 0,
      });
      expect(tookMs).toBeLessThan(5000);
    });

    it('finds a name down that nobody resolves', async () => {
      expect(await probeInside('no-such-host.invalid')).toMatchObject({
        state: 'down',
        reason: 'name-not-resolved',
        sentCount: 3,
        receivedCount: 0,
      });
    });

    it('finds a target to which there is no way down', async () => {
      expect(await probeInside('198.51.100.7')).toMatchObject({
        state: 'down',
        reason: 'unreachable',
        sentCount: 3,
        receivedCount: 0,
      });
    });
  });
}

function skipNote(obstacle: string | undefined): string {
  return obstacle === undefined ? '' : ` (skipped: ${obstacle})`;
}
