import { describe, expect, it } from 'vitest';
import { dataset, messageFor, minimal, n, site, withMore } from '../bad-config.test-kit.ts';

describe('beyond the shape', () => {
  it.each([
    [
      'a department twice',
      '  - { id: diskominfo, name: Again }\n',
      `pantau.yaml:${n}:11 perangkatDaerah[1].id "diskominfo" is used twice; give each department its own id.`,
    ],
    [
      'a site twice in a department',
      '    sites: [{ id: a }, { id: a }]\n',
      `pantau.yaml:${n}:30 perangkatDaerah[0].sites[1].id "a" is used twice; give each site its own id.`,
    ],
    [
      'a dataset twice in a department',
      '    datasets: [{ id: a, source: { kind: vault } }, { id: a, source: { kind: vault } }]\n',
      `pantau.yaml:${n}:58 perangkatDaerah[0].datasets[1].id "a" is used twice; give each dataset its own id.`,
    ],
    [
      'a department that is called as areas are',
      '  - { id: wilayah, name: Again }\n',
      `pantau.yaml:${n}:11 perangkatDaerah[1].id "wilayah" is what areas are called; give the department another id.`,
    ],
    [
      'a department that is called as the Pemda is',
      '  - { id: pemda, name: Again }\n',
      `pantau.yaml:${n}:11 perangkatDaerah[1].id "pemda" is what the Pemda as a whole is called; give the department another id.`,
    ],
    [
      'an area that is called as the whole Pemda is',
      '    sites: [{ id: a, area: "*" }]\n',
      `pantau.yaml:${n}:28 perangkatDaerah[0].sites[0].area "*" stands for the whole Pemda; name the area.`,
    ],
    [
      'a channel twice',
      'notify: [{ id: a, kind: webhook, url: "http://x/" }, { id: a, kind: webhook, url: "http://x/" }]\n',
      `pantau.yaml:${n}:60 notify[1].id the id "a" is used twice; give each channel its own.`,
    ],
    [
      'an unknown zone',
      'timezone: WIB\n',
      `pantau.yaml:${n}:11 timezone "WIB" is no time zone; write Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT).`,
    ],
    [
      'an offset for a zone',
      dataset('timezone: "+07:00"'),
      `pantau.yaml:${n}:60 perangkatDaerah[0].datasets[0].timezone "+07:00" is no time zone; write Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT).`,
    ],
    [
      'a schedule of three fields',
      dataset('schedule: "0 1 *"'),
      `pantau.yaml:${n}:60 perangkatDaerah[0].datasets[0].schedule "0 1 *" must have five fields: minute hour day month weekday; a daily backup at 01:00 is "0 1 * * *".`,
    ],
    [
      'a schedule that never comes due',
      dataset('schedule: "0 1 30 2 *"'),
      `pantau.yaml:${n}:60 perangkatDaerah[0].datasets[0].schedule "0 1 30 2 *" never comes due; a daily backup at 01:00 is "0 1 * * *".`,
    ],
    [
      'a schedule at an hour that is not',
      dataset('schedule: "0 25 * * *"'),
      `pantau.yaml:${n}:60 perangkatDaerah[0].datasets[0].schedule "0 25 * * *" is no schedule (invalid value for hour: 25); a daily backup at 01:00 is "0 1 * * *".`,
    ],
    [
      'a network without a prefix',
      'jaringanIntra: [10.0.0.0]\n',
      `pantau.yaml:${n}:17 jaringanIntra[0] "10.0.0.0" is no network; write an address and a prefix such as 10.20.0.0/16.`,
    ],
    [
      'a subnet whose prefix is too long',
      site('subnets: [fd00::/64, 10.0.0.0/33]'),
      `pantau.yaml:${n}:43 perangkatDaerah[0].sites[0].subnets[1] "10.0.0.0/33" is no network; write an address and a prefix such as 10.20.0.0/16.`,
    ],
    [
      'a machine where a network is meant',
      site('subnets: [10.20.1.5/24, "fd00::5/64", 10.20.1.5/32]'),
      [
        `pantau.yaml:${n}:32 perangkatDaerah[0].sites[0].subnets[0] "10.20.1.5/24" is one machine in a network; write 10.20.1.0/24, or 10.20.1.5/32 for the machine alone.`,
        `pantau.yaml:${n}:46 perangkatDaerah[0].sites[0].subnets[1] "fd00::5/64" is one machine in a network; write fd00::/64, or fd00::5/128 for the machine alone.`,
      ].join('\n'),
    ],
    [
      'a registered egress that is an address only',
      'egress: { registered: [203.0.113.0/24, 198.51.100.7] }\n',
      `pantau.yaml:${n}:40 egress.registered[1] "198.51.100.7" is no network; write an address and a prefix such as 10.20.0.0/16.`,
    ],
    [
      'a trusted proxy that is a name',
      'listen: { trustedProxies: [proxy.example.go.id] }\n',
      `pantau.yaml:${n}:28 listen.trustedProxies[0] "proxy.example.go.id" is no network; write an address and a prefix such as 10.20.0.0/16.`,
    ],
    [
      'an unknown obligation',
      'obligations: { lebong-19-1-pencadangan: {} }\n',
      `pantau.yaml:${n}:16 obligations.lebong-19-1-pencadangan is not a known obligation; did you mean "lebong-19-1-pencadangan-berkala"?`,
    ],
    [
      'a waiver for an unknown department',
      'obligations: { lebong-19-1-pencadangan-berkala: { waived: [{ pd: x, number: "1", reason: r, until: 2026-12-31 }] } }\n',
      `pantau.yaml:${n}:66 obligations.lebong-19-1-pencadangan-berkala.waived[0].pd "x" is no department in perangkatDaerah; known here: diskominfo.`,
    ],
    [
      'a waiver until a day that does not exist',
      'obligations: { lebong-19-1-pencadangan-berkala: { waived: [{ pd: diskominfo, number: "1", reason: r, until: 2026-02-30 }] } }\n',
      `pantau.yaml:${n}:109 obligations.lebong-19-1-pencadangan-berkala.waived[0].until "2026-02-30" is not in the calendar; write a date such as 2026-12-31.`,
    ],
    [
      'plain HTTP beyond this machine',
      'listen: { host: 0.0.0.0 }\n',
      `pantau.yaml:${n}:17 listen.host "0.0.0.0" is reached from other machines over plain HTTP; set tls.enabled to true, or listen.plainHttpBeyondLoopback to true if the network may read the reports.`,
    ],
    [
      'a public address that does not match tls',
      'listen: { publicUrl: "https://pantau.example.go.id" }\n',
      `pantau.yaml:${n}:22 listen.publicUrl must begin with http:// because tls.enabled is false; change one of the two.`,
    ],
    [
      'a certificate without its key',
      'tls: { enabled: true, certificateFile: /etc/hostname }\n',
      `pantau.yaml:${n}:6 tls.keyFile is missing; an own certificate needs its key.`,
    ],
    [
      'a key without its certificate',
      'tls: { enabled: true, keyFile: /etc/hostname }\n',
      `pantau.yaml:${n}:6 tls.certificateFile is missing; an own key needs its certificate.`,
    ],
  ])('names place and remedy for %s', (_, more, message) => {
    expect(withMore(more)).toBe(message);
  });

  it('wants the Diskominfo to be one of the departments', () => {
    expect(messageFor(minimal.replace('pd: diskominfo', 'pd: kominfo'))).toBe(
      'pantau.yaml:3:21 pemda.diskominfo.pd "kominfo" is no department in perangkatDaerah; did you mean "diskominfo"?',
    );
  });

  it.each([
    [
      'an unknown regulation',
      '[lebong-perbup-22-2021]',
      '4:15 regulations[0] "lebong-perbup-22-2021" is not a known regulation; did you mean "lebong-perbup-22-2022"?',
    ],
    [
      'a regulation twice',
      '[sigi-perbup-27-2019, sigi-perbup-27-2019]',
      '4:36 regulations[1] "sigi-perbup-27-2019" stands in the list twice; take one out.',
    ],
  ])('finds %s', (_, list, message) => {
    expect(messageFor(minimal.replace('[lebong-perbup-22-2022]', list))).toBe(`pantau.yaml:${message}`);
  });

  it('finds files of secrets and certificates that are not there', () => {
    const more = `tls: { enabled: true, certificateFile: /nowhere/c.pem, keyFile: /nowhere/k.pem }
notify: [{ id: a, kind: email, smtp: { host: mail, user: u, passwordFile: /nowhere/p }, from: a@b.id, to: [c@d.id] }]
`;
    const lines = withMore(more).split('\n');

    expect(lines.slice(0, 2)).toEqual([
      `pantau.yaml:${n}:40 tls.certificateFile "/nowhere/c.pem" cannot be read (no such file); give the collector's user access or correct the path.`,
      `pantau.yaml:${n}:65 tls.keyFile "/nowhere/k.pem" cannot be read (no such file); give the collector's user access or correct the path.`,
    ]);
    expect(lines[2]).toMatch(new RegExp(`^pantau\\.yaml:${n + 1}:10 notify\\[0\\] .*/nowhere/p`));
  });

  it('counts the routers that one agent at the Pusat Data would probe', () => {
    const routers = (count: number) =>
      Array.from({ length: count }, (_, index) => `      - { id: s${index}, router: { address: 10.0.0.1 } }\n`).join(
        '',
      );
    const department = (id: string) => `  - id: ${id}\n    name: x\n    sites:\n${routers(251)}`;

    expect(withMore(['a', 'b', 'c', 'd'].map(department).join(''))).toBe(
      'pantau.yaml:6:3 perangkatDaerah names 1004 routers; at most 1000 can be watched from the Pusat Data.',
    );
  });

  it.each([
    ['loopback by name', 'listen: { host: localhost }\n'],
    ['loopback of IPv6', 'listen: { host: "::1" }\n'],
    ['every address with TLS', 'listen: { host: 0.0.0.0 }\ntls: { enabled: true }\n'],
    ['plain HTTP said in words', 'listen: { host: 0.0.0.0, plainHttpBeyondLoopback: true }\n'],
    [
      'an https address with TLS',
      'listen: { publicUrl: "https://pantau.example.go.id:8420" }\ntls: { enabled: true }\n',
    ],
    ['the zone of another part of the country', dataset('timezone: Asia/Jayapura')],
  ])('accepts %s', (_, more) => {
    expect(withMore(more)).toBe('accepted');
  });
});
