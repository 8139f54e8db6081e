import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { probeContract } from './probe.contract.ts';
import { tcpProbe } from './tcp.ts';

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
