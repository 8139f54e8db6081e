import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { dataset, known, messageFor, minimal, n, parse, site, withMore } from './bad-config.test-kit.ts';
import { blankDocuments } from './blank-documents.test-kit.ts';
import { loadConfig } from './load-config.ts';

it('fills in every default', () => {
  expect(parse(minimal)).toEqual({
    pemda: { name: 'Kabupaten Lebong', diskominfo: { pd: 'diskominfo', name: 'Diskominfo', contacts: [] } },
    timezone: 'Asia/Jakarta',
    language: 'id',
    regulations: ['lebong-perbup-22-2022'],
    listen: { host: '127.0.0.1', port: 8420, plainHttpBeyondLoopback: false, trustedProxies: [] },
    tls: { enabled: false },
    jaringanIntra: [],
    probeTargets: [],
    maintenance: [],
    agents: { intervalSeconds: 60, spoolMaxSizeBytes: 200_000_000, drainBatchesPerMinute: 30 },
    perangkatDaerah: [
      { id: 'diskominfo', name: 'Diskominfo', mandiriTik: false, contacts: [], sites: [], datasets: [] },
    ],
    obligations: {},
    notify: [],
    remoteWrite: [],
    reports: { indicators: 'permenpanrb-59-2020' },
    documents: blankDocuments,
    incidents: { reopenWithin: '1h', seriousAfter: '24h' },
    registers: { serviceDeskFromIncidents: true },
    retention: { raw: '14d', hourly: '400d', verdicts: '1095d', ledger: '1095d' },
  });
});

it('calls the ICT office as the first regulation does, unless the Pemda says how', () => {
  const unnamed = minimal.replace('diskominfo: { pd: diskominfo, name: Diskominfo }', 'diskominfo: { pd: diskominfo }');

  expect(parse(unnamed).pemda.diskominfo.name).toBe('Dinas Komunikasi, Informatika, Statistik dan Persandian');
  expect(parse(minimal).pemda.diskominfo.name).toBe('Diskominfo');
});

it('fills in the defaults of datasets and of channels, and leaves a missing grace open', () => {
  const config = parse(
    `${minimal}${dataset('minSize: 5')}notify: [{ id: w, kind: webhook, url: "https://example.go.id/x" }]\n`,
  );

  expect(config.perangkatDaerah[0]?.datasets).toEqual([
    { id: 'a', source: { kind: 'vault' }, minSize: 5, schedule: '0 1 * * *', proof: 'arrived' },
  ]);
  expect(config.notify[0]).toMatchObject({ id: 'w', timeout: '15s' });
});

describe('shape', () => {
  it.each([
    [
      'an unknown key near a known one',
      'listne: {}\n',
      `pantau.yaml:${n}:1 listne is not a known key; did you mean "listen"?`,
    ],
    [
      'an unknown key far from all',
      'tls: { zzzzzz: 1 }\n',
      `pantau.yaml:${n}:8 tls.zzzzzz is not a known key; known here: enabled, certificateFile, keyFile.`,
    ],
    [
      'an unknown key deep inside',
      '    sites:\n      - id: a\n        subnet: []\n',
      `pantau.yaml:${n + 2}:9 perangkatDaerah[0].sites[0].subnet is not a known key; did you mean "subnets"?`,
    ],
    [
      'text for a truth value',
      'tls: { enabled: yes }\n',
      `pantau.yaml:${n}:17 tls.enabled must be true or false, and this is text; write true.`,
    ],
    [
      'text for a number',
      'listen: { port: "8420" }\n',
      `pantau.yaml:${n}:17 listen.port must be a whole number, and this is text; write 8420, without quotes.`,
    ],
    ['a number out of range', 'listen: { port: 70000 }\n', `pantau.yaml:${n}:17 listen.port must be at most 65535.`],
    [
      'words for a number',
      'listen: { port: many }\n',
      `pantau.yaml:${n}:17 listen.port must be a whole number, and this is text; write one such as 8420.`,
    ],
    [
      'a single network where a list is expected',
      'jaringanIntra: 10.0.0.0/8\n',
      `pantau.yaml:${n}:16 jaringanIntra must be a list, and this is text; write ["10.0.0.0/8"].`,
    ],
    [
      'a single department where a list is expected',
      '    sites: { id: a }\n',
      `pantau.yaml:${n}:12 perangkatDaerah[0].sites must be a list, and this is a group of settings; put "- " before its first line, and indent the others as far.`,
    ],
    [
      'an address where a group is expected',
      site('router: 10.20.1.1'),
      `pantau.yaml:${n}:30 perangkatDaerah[0].sites[0].router must be a group of settings, and this is text; write { address: … }.`,
    ],
    [
      'a duration that is a number',
      dataset('grace: 5'),
      `pantau.yaml:${n}:57 perangkatDaerah[0].datasets[0].grace 5 does not fit; write a duration such as 90s, 15m, 6h or 30d.`,
    ],
    [
      'a number that would do as text',
      '  - { id: dinkes, name: 12 }\n',
      `pantau.yaml:${n}:25 perangkatDaerah[1].name must be text, and this is a number; put it in quotes.`,
    ],
    [
      'a kind of probe in capitals',
      'probeTargets: [{ id: a, kind: DNS, layer: spl, host: x }]\n',
      `pantau.yaml:${n}:31 probeTargets[0].kind "DNS" does not fit; write icmp, tcp, http, tls, dns or path.`,
    ],
    [
      'an address for egress without http',
      'egress: { url: ip.example.go.id }\n',
      `pantau.yaml:${n}:16 egress.url "ip.example.go.id" does not fit; write an address such as http://ip.example.net/.`,
    ],
    ['a fraction', 'listen: { port: 1.5 }\n', `pantau.yaml:${n}:17 listen.port must be a whole number.`],
    [
      'a number that is none',
      site('location: { lat: .nan, lon: 0 }'),
      `pantau.yaml:${n}:39 perangkatDaerah[0].sites[0].location.lat must be a number that ends.`,
    ],
    ['a value outside its list', 'language: fr\n', `pantau.yaml:${n}:11 language must be one of id, en.`],
    [
      'an empty section',
      'jaringanIntra:\n',
      `pantau.yaml:${n}:15 jaringanIntra is empty; write a list or take the key out.`,
    ],
    [
      'an id in capitals',
      '  - { id: DINKES, name: Dinas Kesehatan }\n',
      `pantau.yaml:${n}:11 perangkatDaerah[1].id "DINKES" does not fit; write lower-case letters, digits and dashes.`,
    ],
    [
      'a duration without a unit',
      dataset('grace: "6"'),
      `pantau.yaml:${n}:57 perangkatDaerah[0].datasets[0].grace "6" does not fit; write a duration such as 90s, 15m, 6h or 30d.`,
    ],
    ['a missing key', '  - { id: dinkes }\n', `pantau.yaml:${n}:5 perangkatDaerah[1].name is missing; add it (text).`],
    [
      'a router that would be taken for an option of ping',
      site('router: { address: "-f" }'),
      `pantau.yaml:${n}:41 perangkatDaerah[0].sites[0].router.address "-f" does not fit; write an IP address or a host name.`,
    ],
    [
      'a channel of an unknown kind',
      'notify: [{ id: a, kind: fax }]\n',
      `pantau.yaml:${n}:25 notify[0].kind is not a known kind; write one of webhook, email.`,
    ],
    [
      'a channel without a kind',
      'notify: [{ id: a }]\n',
      `pantau.yaml:${n}:10 notify[0].kind is missing; write one of webhook, email.`,
    ],
    [
      'a list where a source is expected',
      '    datasets: [{ id: a, source: [] }]\n',
      `pantau.yaml:${n}:33 perangkatDaerah[0].datasets[0].source must be a group of settings, and this is a list; write { kind: … }.`,
    ],
  ])('names place and remedy for %s', (_, more, message) => {
    expect(withMore(more)).toBe(message);
  });

  it('quotes no value of a channel, which may be a secret', () => {
    const message = withMore('notify: [{ id: a, kind: webhook, url: "ftp://bot:geheim@x" }]\n');

    expect(message).toContain('notify[0].url the value does not fit');
    expect(message).not.toContain('geheim');
    const typed = withMore('notify: [{ id: a, kind: email, smtp: geheim, from: 4711, to: geheim }]\n');
    expect(typed.split('\n')).toHaveLength(3);
    expect(typed).not.toMatch(/geheim|4711/);
  });

  it('lists every problem in the order of the file', () => {
    expect(withMore('language: fr\nlisten: { port: -1 }\n').split('\n')).toEqual([
      `pantau.yaml:${n}:11 language must be one of id, en.`,
      `pantau.yaml:${n + 1}:17 listen.port must be at least 0.`,
    ]);
  });

  it('stops listing after twenty', () => {
    const lines = withMore(Array.from({ length: 25 }, (_, index) => `zzzzzz${index}: 1\n`).join('')).split('\n');

    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('… and 5 more.');
  });
});

describe('YAML itself', () => {
  it.each([
    [
      'a schedule without quotes',
      dataset('schedule: * * * * *'),
      `pantau.yaml:${n}:60 a value that begins with * or & must stand in quotes.`,
    ],
    [
      'a tab',
      'tls:\n\tenabled: true\n',
      `pantau.yaml:${n + 1}:1 a tab stands at the beginning of the line; indent with spaces.`,
    ],
    [
      'a key twice',
      'pemda: {}\n',
      `pantau.yaml:${n}:1 "pemda" stands in this section already, on line 1; keep one of the two.`,
    ],
    [
      'a tab in the middle of a list',
      '    sites:\n      - id: a\n\tsubnets: [10.0.0.0/8]\n        area: x\n  - id: b\n    name: B\n',
      `pantau.yaml:${n + 2}:1 a tab stands at the beginning of the line; indent with spaces.`,
    ],
    [
      'a key twice deep inside',
      site('area: x, area: y'),
      `pantau.yaml:${n}:31 "area" stands in this section already, on line ${n}; keep one of the two.`,
    ],
    [
      'a second document',
      '---\na: 1\n',
      `pantau.yaml:${n}:1 the file holds more than one document; take the line "---" out.`,
    ],
  ])('explains %s', (_, more, message) => {
    expect(withMore(more)).toBe(message);
  });

  it('says that an empty file is empty', () => {
    expect(messageFor('# only a comment\n')).toBe(
      'pantau.yaml is empty; write at least pemda, regulations and perangkatDaerah.',
    );
  });

  it('refuses aliases that multiply into more than a file can hold', () => {
    const levels = Array.from({ length: 12 }, (_, index) => {
      const previous = index === 0 ? 'lol' : `*a${index - 1}`;
      return `a${index}: &a${index} [${Array.from({ length: 9 }, () => previous).join(', ')}]`;
    });

    expect(messageFor(levels.join('\n'))).toMatch(
      /^pantau\.yaml:1:1 cannot be read \(.*alias.*\); write repeated sections out\.$/i,
    );
  });

  it('takes no key of the language for one of its own', () => {
    expect(withMore('__proto__: { tls: 1 }\nconstructor: 1\n').split('\n')).toEqual([
      expect.stringMatching(/^pantau\.yaml:8:1 __proto__ is not a known key; known here: pemda, /),
      expect.stringMatching(/^pantau\.yaml:9:1 constructor is not a known key; known here: pemda, /),
    ]);
  });
});

describe('the file', () => {
  it('is read from the disk', () => {
    const path = join(temporaryFolder(), 'pantau.yaml');
    writeFileSync(path, minimal);

    expect(loadConfig(path, known).pemda.name).toBe('Kabupaten Lebong');
  });

  it('is called by its path in messages, and the error names the field', () => {
    const path = join(temporaryFolder(), 'pantau.yaml');
    writeFileSync(path, `${minimal}language: fr\n`);

    expect(() => loadConfig(path, known)).toThrow(
      expect.objectContaining({
        code: 'bad-config',
        field: 'language',
        message: `${path}:${n}:11 language must be one of id, en.`,
      }),
    );
  });

  it.each([
    [
      'missing',
      () => {},
      (path: string) => `There is no configuration at ${path}; correct the path or write the file.`,
    ],
    ['a folder', mkdirSync, (path: string) => `${path} is not a file; name the pantau.yaml itself.`],
    [
      'too large',
      (path: string) => writeFileSync(path, '#'.repeat(1024 * 1024 + 1)),
      (path: string) => `${path} has 1048577 bytes; a configuration has at most 1048576.`,
    ],
  ])('is refused in one sentence when it is %s', (_, make: (path: string) => void, message) => {
    const path = join(temporaryFolder(), 'pantau.yaml');
    make(path);

    expect(() => loadConfig(path, known)).toThrow(
      expect.objectContaining({ code: 'bad-config', message: message(path) }),
    );
  });
});
