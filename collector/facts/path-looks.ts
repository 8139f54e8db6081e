import type { ReportReference } from '../../shared/evidence.ts';
import type { Report } from '../../shared/report-schema.ts';
import { usualAddress } from '../config/address-networks.ts';
import type { AgentRow } from '../store/rows.ts';

/** What an agent itself tells of its way; where its reports come from is not its to tell. */
export type ToldKind = 'gateways' | 'egresses' | 'hops';

/** A step of the way at which nobody answers. */
export const silentHop = '*';

/** An agent tells of its network once an hour when nothing changes; two of these may be missing. */
export const networkGapMs = 2.5 * 3_600_000;

export function recordOf(agent: Pick<AgentRow, 'id'>, { session, seq }: Report): ReportReference {
  return { agent: agent.id, session, seq };
}

/** The looks at its own network that a report brings. What is no address is left out. */
export function looksOf({ network, probes, takenAt }: Report): { kind: ToldKind; addresses: string[] }[] {
  const looks: { kind: ToldKind; addresses: string[] }[] = [];
  if (network !== undefined) {
    const { gateways, egressAddress, egressCheckedAt } = network;
    looks.push({ kind: 'gateways', addresses: gateways.flatMap(({ address }) => usualAddress(address) ?? []) });
    const egress = usualAddress(egressAddress);
    const ageMs = Date.parse(takenAt) - Date.parse(egressCheckedAt ?? takenAt);
    if (egress !== undefined && ageMs <= networkGapMs) looks.push({ kind: 'egresses', addresses: [egress] });
  }
  for (const { kind, layer, pd, hops } of probes ?? []) {
    // Only the agent's own way to the Pusat Data; what it probes elsewhere, or for others, is another matter.
    if (kind !== 'path' || layer !== 'wan' || pd !== undefined || hops === undefined) continue;
    const addresses = hops.map(({ address }) => (address === undefined ? silentHop : usualAddress(address)));
    looks.push({ kind: 'hops', addresses: addresses.filter((address) => address !== undefined) });
  }
  return looks;
}
