import { describe, expect, it } from 'vitest';
import { probesFor } from './agent-probes.ts';
import { minimal, parse } from './bad-config.test-kit.ts';
import { parseWebsite, websitesOf } from './websites-of.ts';

describe('an address of a website', () => {
  it.each([
    ['dinkes.lebongkab.go.id', { tls: false, path: '/', port: undefined }],
    ['https://Dinkes.Lebongkab.go.id', { tls: true, path: '/', port: undefined }],
    ['http://dinkes.lebongkab.go.id:8080/id?hal=1#atas', { tls: false, path: '/id?hal=1', port: 8080 }],
  ])('%s is one', (text, expected) => {
    expect(parseWebsite(text)).toEqual({
      host: 'dinkes.lebongkab.go.id',
      place: 'dinkes-lebongkab-go-id',
      ...expected,
    });
  });

  it.each([
    '',
    'ftp://dinkes.lebongkab.go.id',
    'https://admin:rahasia@dinkes.lebongkab.go.id',
    'belum ada',
    'https://',
  ])('"%s" is none', (text) => {
    expect(parseWebsite(text)).toBeUndefined();
  });
});

describe('the websites of a department', () => {
  it('are one, several, or none', () => {
    expect(websitesOf({ website: 'a.go.id' }).map(({ host }) => host)).toEqual(['a.go.id']);
    expect(websitesOf({ website: ['a.go.id', 'b.go.id'] }).map(({ host }) => host)).toEqual(['a.go.id', 'b.go.id']);
    expect(websitesOf({ website: false })).toEqual([]);
    expect(websitesOf({})).toEqual([]);
  });

  const config = parse(
    `${minimal}  - { id: dinkes, name: Dinas Kesehatan, website: ["https://dinkes.lebongkab.go.id/", ppid.lebongkab.go.id] }\n`,
  );

  it('are asked for by the agents at the Pusat Data, and by nobody else', () => {
    const probes = probesFor(config, { pd: 'diskominfo', site: 'pusat', roles: ['vantage'] }, []);

    expect(probes).toEqual([
      {
        name: 'website/dinkes/dinkes-lebongkab-go-id',
        kind: 'http',
        layer: 'website',
        pd: 'dinkes',
        site: 'dinkes-lebongkab-go-id',
        host: 'dinkes.lebongkab.go.id',
        path: '/',
        tls: true,
        packetCount: 1,
        timeoutSeconds: 10,
        everySeconds: 300,
      },
      expect.objectContaining({ name: 'website/dinkes/ppid-lebongkab-go-id', tls: false }),
    ]);
    expect(probesFor(config, { pd: 'dinkes', site: 'kantor', roles: [] }, [])).toEqual([]);
  });
});
