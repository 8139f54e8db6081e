import { AppError } from '../../shared/errors.ts';
import { hostPattern } from '../../shared/host-pattern.ts';
import { parsePing } from './parse-ping.ts';
import type { Probe } from './probe.ts';
import { runPing } from './run-ping.ts';

const validHost = new RegExp(hostPattern);

export interface IcmpOptions {
  /** The ping program; the system's own unless told. */
  program?: string;
}

/** Echo requests by the system's ping program, which needs no privilege of ours. */
export function createIcmpProbe(options: IcmpOptions = {}) {
  return {
    kind: 'icmp' as const,
    docs: 'ICMP echo: loss and mean round-trip time over several packets; any answer counts as up.',
    needsPort: false,
    async probe(target, { signal }) {
      const { host, packetCount, timeoutSeconds } = target;
      // The schema says so too; here it keeps a host from becoming an option of the program.
      if (!validHost.test(host)) {
        throw new AppError('invalid-host', 'The host of a probe must be a host name or an address.', { field: 'host' });
      }
      const address = host.replace(/^\[(.*)\]$/, '$1');
      const output = await runPing({ host: address, packetCount, timeoutSeconds, signal, program: options.program });
      return parsePing(address, output, packetCount);
    },
  } satisfies Probe;
}

export const icmpProbe = createIcmpProbe();
