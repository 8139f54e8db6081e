import { icmpProbe } from './icmp.ts';
import { tcpProbe } from './tcp.ts';

/** Every probe that the agent knows. A new one is one file and one line here. */
export const probes = [icmpProbe, tcpProbe] as const;

export type ProbeKind = (typeof probes)[number]['kind'];
