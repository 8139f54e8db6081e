/** What is read, and nothing else. All of it is read-only in the standards or a value that a reading cannot change. */

/** SNMPv2-MIB, HOST-RESOURCES-MIB and SNMP-FRAMEWORK-MIB; single values. */
export const system = {
  description: '1.3.6.1.2.1.1.1.0',
  objectId: '1.3.6.1.2.1.1.2.0',
  /** Hundredths of a second since the SNMP service began, 32 bits. */
  upTime: '1.3.6.1.2.1.1.3.0',
  name: '1.3.6.1.2.1.1.5.0',
} as const;

/** Some devices do not have them, and some weak switches choke on the question. */
export const uptimes = {
  /** Hundredths of a second since the device began, 32 bits. */
  host: '1.3.6.1.2.1.25.1.1.0',
  /** Seconds since the SNMP service began, 31 bits: tells how often the others have wrapped. */
  engine: '1.3.6.1.6.3.10.2.1.3.0',
} as const;

/** IF-MIB: columns of ifTable and ifXTable, both indexed by ifIndex. */
export const columns = {
  name: '1.3.6.1.2.1.31.1.1.1.1',
  alias: '1.3.6.1.2.1.31.1.1.1.18',
  speed: '1.3.6.1.2.1.2.2.1.5',
  highSpeed: '1.3.6.1.2.1.31.1.1.1.15',
  adminStatus: '1.3.6.1.2.1.2.2.1.7',
  operStatus: '1.3.6.1.2.1.2.2.1.8',
  receiveBytes: '1.3.6.1.2.1.31.1.1.1.6',
  transmitBytes: '1.3.6.1.2.1.31.1.1.1.10',
  receiveDiscards: '1.3.6.1.2.1.2.2.1.13',
  receiveErrors: '1.3.6.1.2.1.2.2.1.14',
  transmitDiscards: '1.3.6.1.2.1.2.2.1.19',
  transmitErrors: '1.3.6.1.2.1.2.2.1.20',
  discontinuity: '1.3.6.1.2.1.31.1.1.1.19',
} as const;

/** Columns that are read only where the ones above are missing. */
export const olderColumns = {
  description: '1.3.6.1.2.1.2.2.1.2',
  receiveBytes: '1.3.6.1.2.1.2.2.1.10',
  transmitBytes: '1.3.6.1.2.1.2.2.1.16',
} as const;

/** MIKROTIK-MIB. `1.3.6.1.4.1.14988.1.1.7.1` restarts the device when it is written: nothing is ever written. */
export const mikrotik = {
  enterprise: '1.3.6.1.4.1.14988',
  version: '1.3.6.1.4.1.14988.1.1.4.4.0',
  serial: '1.3.6.1.4.1.14988.1.1.7.3.0',
  board: '1.3.6.1.4.1.14988.1.1.7.9.0',
  /** Tenths of a volt. */
  voltage: '1.3.6.1.4.1.14988.1.1.3.8.0',
  /** Tenths of a degree. */
  temperature: '1.3.6.1.4.1.14988.1.1.3.10.0',
  /** RouterOS 7: a table of gauges with name, value and unit. */
  gauges: {
    name: '1.3.6.1.4.1.14988.1.1.3.100.1.2',
    value: '1.3.6.1.4.1.14988.1.1.3.100.1.3',
    unit: '1.3.6.1.4.1.14988.1.1.3.100.1.4',
  },
} as const;
