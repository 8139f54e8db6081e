import { chmodSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { createNamespace, type Namespace, namespaceObstacle, runInNamespace } from './namespace-for-tests.ts';
import { createPathProbe, pathProbe } from './path.ts';
import { probeContract } from './probe.contract.ts';
import type { ProbeResult } from './probe.ts';
import { toReport } from './results/to-report.ts';

function pingObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'paths are looked for on Linux';
  try {
    execFileSync('ping', ['-c', '1', '-W', '1', '127.0.0.1'], { stdio: 'ignore', timeout: 5000 });
    return undefined;
  } catch {
    return 'no ping program that works';
  }
}

const module = JSON.stringify(new URL('path.ts', import.meta.url).href);
const obstacle = pingObstacle();
const target = { name: 't', kind: 'path', layer: 'wan', host: '127.0.0.1', packetCount: 1, timeoutSeconds: 1 } as const;
const { signal } = new AbortController();

probeContract(pathProbe, {
  importStatement: `import { pathProbe as probe } from ${module};`,
  obstacle,
  sentCount: 1,
  silence: 'no-answer',
});

/** A chain of routers, `10.30.1.1 — 10.30.1.2 10.30.2.1 — 10.30.2.2 …`; the last machine is the target. */
function chainOf(machineCount: number): Namespace[] {
  const machines = Array.from({ length: machineCount }, () => createNamespace());
  onTestFinished(() => {
    for (const machine of machines) machine.remove();
  });
  machines.forEach((machine, index) => {
    machine.ip('link', 'set', 'lo', 'up');
    execFileSync('ip', ['netns', 'exec', machine.name, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
    const next = machines[index + 1];
    if (next === undefined) return;
    const net = `10.30.${index + 1}`;
    machine.ip('link', 'add', 'onward', 'type', 'veth', 'peer', 'name', 'back', 'netns', next.name);
    machine.ip('address', 'add', `${net}.1/24`, 'dev', 'onward');
    machine.ip('link', 'set', 'onward', 'up');
    next.ip('address', 'add', `${net}.2/24`, 'dev', 'back');
    next.ip('link', 'set', 'back', 'up');
    next.ip('route', 'add', 'default', 'via', `${net}.1`);
    // Onwards; the last one of the chain has nobody behind it.
    machine.ip('route', 'add', '10.40.0.0/16', 'via', `${net}.2`);
    for (let further = index + 2; further < machineCount; further++) {
      machine.ip('route', 'add', `10.30.${further}.0/24`, 'via', `${net}.2`);
    }
  });
  return machines;
}

async function walk(from: Namespace, host: string, more: { maxHops?: number } = {}): Promise<ProbeResult> {
  const told = { ...target, host, ...more };
  const result = await runInNamespace<ProbeResult>(
    from.name,
    `import { pathProbe } from ${module};
     const signal = new AbortController().signal;
     console.log(JSON.stringify(await pathProbe.probe(${JSON.stringify(told)}, { signal })));`,
  );
  expect(schemaErrors('probes', [toReport(told, result)])).toEqual([]);
  return result;
}
const addressesOf = ({ hops }: ProbeResult) => hops?.map(({ address }) => address ?? '*');

const noNamespace = obstacle ?? namespaceObstacle();
describe.skipIf(noNamespace !== undefined)(
  `path probe through routers (skipped when: ${noNamespace ?? 'never here'})`,
  () => {
    it('names each router on the way and the target, whose time is the round trip', async () => {
      const [own] = chainOf(4);
      if (own === undefined) throw new Error('no chain');
      const result = await walk(own, '10.30.3.2');
      expect(result).toMatchObject({ state: 'up', sentCount: 1, receivedCount: 1 });
      expect(addressesOf(result)).toEqual(['10.30.1.2', '10.30.2.2', '10.30.3.2']);
      expect(result.hops?.at(-1)?.roundTripSeconds).toBe(result.roundTripSeconds);
      expect(result.roundTripSeconds).toBeGreaterThan(0);
      expect(result.roundTripSeconds).toBeLessThan(1);
    });

    it('keeps the place of a router that says nothing', async () => {
      const machines = chainOf(4);
      const [own, , silent] = machines;
      if (own === undefined || silent === undefined) throw new Error('no chain');
      // What it says itself does not find the way back to the asker; what it passes on does.
      silent.ip('rule', 'add', 'iif', 'lo', 'to', '10.30.1.0/24', 'blackhole');
      const result = await walk(own, '10.30.3.2');
      expect(addressesOf(result)).toEqual(['10.30.1.2', '*', '10.30.3.2']);
      expect(result.state).toBe('up');
    });

    it('tells how far it got when the target is gone, and who says that there is no way', async () => {
      const [own, router, last] = chainOf(3);
      if (own === undefined || router === undefined || last === undefined) throw new Error('no chain');
      const unknown = await walk(own, '10.30.9.9');
      expect(unknown).toMatchObject({ state: 'down', reason: 'unreachable', receivedCount: 0 });
      router.ip('route', 'add', 'prohibit', '10.40.1.0/24');
      const refused = await walk(own, '10.40.1.1');
      expect(refused).toMatchObject({ state: 'down', reason: 'unreachable' });
      expect(addressesOf(refused)).toEqual(['10.30.1.2']);
      last.ip('route', 'add', 'blackhole', '10.40.2.0/24');
      const lost = await walk(own, '10.40.2.1');
      expect(lost).toMatchObject({ state: 'down', reason: 'no-answer' });
      expect(addressesOf(lost)).toEqual(['10.30.1.2']);
    });

    it('goes no further than it may', async () => {
      const [own] = chainOf(4);
      if (own === undefined) throw new Error('no chain');
      const result = await walk(own, '10.30.3.2', { maxHops: 2 });
      expect(result).toMatchObject({ state: 'down', reason: 'no-answer', sentCount: 1, receivedCount: 0 });
      expect(addressesOf(result)).toEqual(['10.30.1.2', '10.30.2.2']);
    });
  },
);

describe.skipIf(process.platform !== 'linux')('path probe', () => {
  it('does not know the way where ping cannot be used', async () => {
    const unknown = { state: 'unknown', reason: 'ping-unavailable', sentCount: 0, receivedCount: 0 };
    expect(await createPathProbe({ program: '/no/such/ping' }).probe(target, { signal })).toEqual(unknown);
    const program = join(temporaryFolder(), 'ping');
    writeFileSync(program, '#!/bin/sh\necho "ping: invalid option -- t" >&2; exit 2\n');
    chmodSync(program, 0o755);
    expect(await createPathProbe({ program }).probe(target, { signal })).toEqual(unknown);
  });

  it('has the time that its hops may take', () => {
    expect(pathProbe.longestMs(target)).toBe(10_000);
    expect(pathProbe.longestMs({ ...target, maxHops: 30, timeoutSeconds: 2 })).toBe(19_000);
  });
});
