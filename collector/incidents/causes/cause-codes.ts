/**
 * What people may say has broken, as Diskominfo offices do. The first seven are also what machines can tell by
 * themselves once they are back.
 */
export const causeCodes = [
  'power',
  'wan',
  'lan',
  'server',
  'agent',
  'backbone',
  'pusat-data-uplink',
  'isp-contract',
  'isp-fault',
  'cable-cut',
  'weather',
  'planned-maintenance',
  'device',
  'storage-full',
  'configuration',
  'application',
  'attack',
  'human-error',
  'other',
] as const;
export type CauseCode = (typeof causeCodes)[number];
