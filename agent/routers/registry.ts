import { selfReader } from './self.ts';
import { snmpReader } from './snmp.ts';

/** Every way to read a router that the agent knows. A new one is one file and one line here. */
export const routerReaders = [selfReader, snmpReader] as const;

export type RouterReaderKind = (typeof routerReaders)[number]['kind'];
