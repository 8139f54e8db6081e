import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { probeContract } from './probe.contract.ts';
import { summarizeConnects, tcpProbe } from './tcp.ts';
import type { ConnectOutcome } from './tcp-connects.ts';

probeContract(
  tcpProbe,
  `import { tcpProbe as probe } from ${JSON.stringify(new URL('tcp.ts', import.meta.url).href)};`,
);

const target = { name: 't', kind: 'tcp', layer: 'lan', host: '127.0.0.1', packetCount: 2, timeoutSeconds: 1 } as const;
const { signal } = new AbortController();

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('tcp probe', () => {
  it('finds a refused connection down and says so', async () => {
    expect(await tcpProbe.probe({ ...target, port: await closedPort() }, { signal })).toEqual({
      state: 'down',
      reason: 'connection-refused',
      sentCount: 2,
      receivedCount: 0,
    });
  });

  it('needs a port', async () => {
    await expect(tcpProbe.probe(target, { signal })).rejects.toMatchObject({ code: 'port-missing', field: 'port' });
  });
});

describe('summarizeConnects', () => {
  const connected = (roundTripMs: number): ConnectOutcome => ({ outcome: 'connected', roundTripMs });
  const refused: ConnectOutcome = { outcome: 'refused', roundTripMs: 4 };
  const failed = (reason: string): ConnectOutcome => ({ outcome: 'failed', reason });

  it.each([
    {
      name: 'takes the mean over what answered',
      outcomes: [connected(10), failed('timeout'), connected(20)],
      expected: { state: 'up', sentCount: 3, receivedCount: 2, roundTripSeconds: 0.015 },
    },
    {
      name: 'does not count a refusal as an answer',
      outcomes: [refused, refused],
      expected: { state: 'down', reason: 'connection-refused', sentCount: 2, receivedCount: 0 },
    },
    {
      name: 'does not know when this machine is at fault',
      outcomes: [failed('local-error'), failed('local-error')],
      expected: { state: 'unknown', reason: 'local-error', sentCount: 2, receivedCount: 0 },
    },
    {
      name: 'gives the last reason of the target',
      outcomes: [failed('timeout'), failed('unreachable'), failed('local-error')],
      expected: { state: 'down', reason: 'unreachable', sentCount: 3, receivedCount: 0 },
    },
  ])('$name', ({ outcomes, expected }) => {
    expect(summarizeConnects(outcomes, { refusedCounts: false })).toEqual(expected);
  });

  it('counts a refusal where any answer will do', () => {
    expect(summarizeConnects([refused], { refusedCounts: true })).toEqual({
      state: 'up',
      sentCount: 1,
      receivedCount: 1,
      roundTripSeconds: 0.004,
    });
  });
});
