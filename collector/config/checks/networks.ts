import { isCidr } from '../address-networks.ts';
import { boundsOf } from '../network-bounds.ts';
import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** Every network is its first address and a prefix length that fits it. */
export function networksCheck(config: PantauConfig): ConfigProblem[] {
  return [
    ...cidrProblems(config.jaringanIntra, ['jaringanIntra']),
    ...cidrProblems(config.egress?.registered ?? [], ['egress', 'registered']),
    ...cidrProblems(config.listen.trustedProxies, ['listen', 'trustedProxies']),
    ...config.perangkatDaerah.flatMap((pd, pdIndex) =>
      pd.sites.flatMap((site, index) =>
        cidrProblems(site.subnets ?? [], ['perangkatDaerah', pdIndex, 'sites', index, 'subnets']),
      ),
    ),
  ];
}

function cidrProblems(cidrs: readonly string[], path: ConfigPath): ConfigProblem[] {
  return cidrs.flatMap((cidr, index) => {
    const message = isCidr(cidr)
      ? machineProblem(cidr)
      : `"${cidr}" is no network; write an address and a prefix such as 10.20.0.0/16`;
    return message === undefined ? [] : [{ path: [...path, index], message }];
  });
}

function machineProblem(cidr: string): string | undefined {
  const [address, prefix] = cidr.split('/');
  const { first, isAtFirst, width } = boundsOf(cidr);
  if (isAtFirst) return undefined;
  const remedy = `write ${first}/${prefix}, or ${address}/${width} for the machine alone`;
  return `"${cidr}" is one machine in a network; ${remedy}`;
}
