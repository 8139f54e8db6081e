import { dnsProbe } from './dns.ts';
import { httpProbe } from './http.ts';
import { icmpProbe } from './icmp.ts';
import { pathProbe } from './path.ts';
import { tcpProbe } from './tcp.ts';
import { tlsProbe } from './tls.ts';

/** Every probe that the agent knows. A new one is one file and one line here. */
export const probes = [icmpProbe, tcpProbe, httpProbe, tlsProbe, dnsProbe, pathProbe] as const;

export type ProbeKind = (typeof probes)[number]['kind'];
