import { describe, expect, it } from 'vitest';
import { type ContractBench, probeContract, refusalContract } from './probe.contract.ts';
import { tcpProbe } from './tcp.ts';

const bench: ContractBench = {
  importStatement: `import { tcpProbe as probe } from ${JSON.stringify(new URL('tcp.ts', import.meta.url).href)};`,
  phases: ['connectSeconds'],
  silence: 'timeout',
};
probeContract(tcpProbe, bench);
refusalContract(tcpProbe, bench);

const target = { name: 't', kind: 'tcp', layer: 'lan', host: '127.0.0.1', packetCount: 2, timeoutSeconds: 1 } as const;
const { signal } = new AbortController();

describe('tcp probe', () => {
  it('needs a port', async () => {
    await expect(tcpProbe.probe(target, { signal })).rejects.toMatchObject({ code: 'port-missing', field: 'port' });
  });
});
