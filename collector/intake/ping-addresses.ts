import { createHash, createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import { heartbeatUuidOf } from '../config/heartbeat-source.ts';
import type { PantauConfig } from '../config/schema.ts';

/** Where a job reports that it ran. Whoever knows it may speak for this dataset: it is a secret. */
export interface PingAddress {
  pd: string;
  dataset: string;
  /** What stands after `/ping/`. */
  uuid: string;
  /** The other form, `/ping/<pingKey>/<slug>`. The key is the department's: nobody speaks for another one's datasets. */
  pingKey: string;
  slug: string;
}

/** How a caller names a dataset. */
export type PingName = { uuid: string } | { pingKey: string; slug: string };

export interface PingAddresses {
  find(name: PingName): PingAddress | undefined;
  reconfigure(config: PantauConfig): void;
}

/** The secret from which all addresses follow: kept, backed up and replaced together with the collector's own key. */
export function pingSecretOf(privateKey: KeyObject): Buffer {
  const seed = Buffer.from(String(privateKey.export({ format: 'jwk' }).d), 'base64url');
  return Buffer.from(hkdfSync('sha256', seed, '', 'pantau/ping-addresses/1', 32));
}

/**
 * The address of each dataset, without anything being set up. It depends on nothing but the secret and the ids of
 * department and dataset, unless the configuration takes over one from another system.
 */
export function pingAddressesOf(secret: Buffer, { perangkatDaerah }: PantauConfig): PingAddress[] {
  return perangkatDaerah.flatMap(({ id: pd, datasets }) => {
    const pingKey = pingKeyOf(secret, pd);
    return datasets.map(({ id: dataset, source }) => ({
      pd,
      dataset,
      uuid: heartbeatUuidOf(source) ?? derivedUuid(secret, pd, dataset),
      pingKey,
      slug: `${pd}_${dataset}`,
    }));
  });
}

export function createPingAddresses(secret: Buffer, config: PantauConfig): PingAddresses {
  let byHash = new Map<string, PingAddress>();
  const reconfigure = (next: PantauConfig) => {
    byHash = new Map(
      pingAddressesOf(secret, next).flatMap((address): [string, PingAddress][] => [
        [hashOf(address), address],
        [hashOf({ pingKey: address.pingKey, slug: address.slug }), address],
      ]),
    );
  };
  reconfigure(config);
  return { find: (name) => byHash.get(hashOf(name)), reconfigure };
}

/** Only hashes are compared: how long that takes tells nothing about how much of a guess was right. */
function hashOf(name: PingName): string {
  const text = 'uuid' in name ? name.uuid : `${name.pingKey}/${name.slug}`;
  return createHash('sha256').update(text).digest('base64');
}

/** The form of a random UUID (RFC 9562, version 4), which is what programs expect of such an address. */
function derivedUuid(secret: Buffer, pd: string, dataset: string): string {
  const bytes = createHmac('sha256', secret).update(`uuid\0${pd}/${dataset}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const pingKeyLength = 22;

/** Lower-case letters and digits, as Healthchecks makes its keys: 113 bits. */
function pingKeyOf(secret: Buffer, pd: string): string {
  const digest = createHmac('sha256', secret).update(`key\0${pd}`).digest('hex');
  return BigInt(`0x${digest}`).toString(36).padStart(pingKeyLength, '0').slice(-pingKeyLength);
}
