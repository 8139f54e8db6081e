import { isCidr } from '../address-networks.ts';
import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** Every network is an address and a prefix length that fits it. */
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
  return cidrs.flatMap((cidr, index) =>
    isCidr(cidr)
      ? []
      : [
          {
            path: [...path, index],
            message: `"${cidr}" is no network; write an address and a prefix such as 10.20.0.0/16`,
          },
        ],
  );
}
