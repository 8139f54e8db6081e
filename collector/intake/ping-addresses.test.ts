import { describe, expect, it } from 'vitest';
import { createKeyPair, importKeyPair, exportPrivateKey } from '../../shared/signing.ts';
import { testConfig } from '../../test/kit/judging-bench.ts';
import { heartbeatUuidPattern } from '../config/heartbeat-source.ts';
import { createPingAddresses, pingAddressesOf, pingSecretOf } from './ping-addresses.ts';

const taken = '07c2f548-9850-4b27-af5d-6c9dc157ec02';
const files = { kind: 'files', path: '/x/*' };
const config = testConfig({
  datasets: [
    { id: 'simpus', source: files },
    { id: 'simda', source: { kind: 'heartbeat' } },
    { id: 'old', source: { kind: 'heartbeat', uuid: taken } },
    { id: 'other', source: { kind: 'vault' } },
  ],
});
const { privateKey } = createKeyPair();
const secret = pingSecretOf(privateKey);

describe('the ping addresses', () => {
  it('are there for every dataset, look like random ones, and are all different', () => {
    const all = pingAddressesOf(secret, config);

    expect(all.map(({ pd, dataset, slug }) => `${pd}/${dataset} ${slug}`)).toEqual(
      ['simpus', 'simda', 'old', 'other'].map((id) => `dinkes/${id} dinkes_${id}`),
    );
    for (const { uuid, pingKey } of all) {
      expect(uuid).toMatch(heartbeatUuidPattern);
      expect(pingKey).toMatch(/^[a-z0-9]{22}$/);
    }
    expect(new Set(all.map(({ uuid }) => uuid)).size).toBe(4);
  });

  it('stay what they are through a restart, and follow from the collector’s key alone', () => {
    const again = pingSecretOf(importKeyPair(exportPrivateKey(privateKey)).privateKey);

    expect(pingAddressesOf(again, config)).toEqual(pingAddressesOf(secret, config));
    expect(pingAddressesOf(pingSecretOf(createKeyPair().privateKey), config)[0]?.uuid).not.toBe(
      pingAddressesOf(secret, config)[0]?.uuid,
    );
  });

  it('take over the one of another system, where a heartbeat says so', () => {
    expect(pingAddressesOf(secret, config).map(({ uuid }) => uuid === taken)).toEqual([false, false, true, false]);
  });

  it('give each department a key of its own', () => {
    const second = { ...config, perangkatDaerah: config.perangkatDaerah.map((pd) => ({ ...pd, id: `${pd.id}-2` })) };

    expect(pingAddressesOf(secret, second)[0]?.pingKey).not.toBe(pingAddressesOf(secret, config)[0]?.pingKey);
  });

  it('are found in both forms, and nothing else is', () => {
    const addresses = createPingAddresses(secret, config);
    for (const address of pingAddressesOf(secret, config)) {
      const { uuid, pingKey, slug } = address;
      expect(addresses.find({ uuid })).toEqual(address);
      expect(addresses.find({ pingKey, slug })).toEqual(address);
      expect(addresses.find({ pingKey, slug: `${slug}x` })).toBeUndefined();
      expect(addresses.find({ pingKey: `${pingKey}x`, slug })).toBeUndefined();
    }
    expect(addresses.find({ uuid: '00000000-0000-4000-8000-000000000000' })).toBeUndefined();
    expect(addresses.find({ uuid: '' })).toBeUndefined();
  });

  it('follow the configuration', () => {
    const addresses = createPingAddresses(secret, config);
    addresses.reconfigure(testConfig({ datasets: [{ id: 'new', source: files }] }));

    expect(addresses.find({ uuid: taken })).toBeUndefined();
  });
});
