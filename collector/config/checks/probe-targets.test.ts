import { describe, expect, it } from 'vitest';
import { n, withMore } from '../bad-config.test-kit.ts';

const target = (settings: string) => `probeTargets: [{ id: spl, layer: spl, host: 10.9.0.1, ${settings} }]\n`;

describe('targets of probes', () => {
  it.each([
    [
      'an unknown kind',
      'kind: ping',
      `probeTargets[0].kind "ping" is no kind of probe; known here: icmp, tcp, http, tls, dns, path.`,
    ],
    [
      'a port that is missing',
      'kind: tcp',
      'probeTargets[0].port is missing; a tcp target needs the port to connect to.',
    ],
    [
      'a name that is missing',
      'kind: dns',
      'probeTargets[0].query is missing; a dns target needs the name to ask for.',
    ],
    [
      'a path that speaks for the SPL',
      'kind: path',
      'probeTargets[0].layer "spl" is not judged for a path; write wan.',
    ],
    [
      'a setting that its kind does not use',
      'kind: dns, query: spl.go.id, path: /status',
      'probeTargets[0].path is not used by a dns target; take it out, or write kind: http.',
    ],
    [
      'settings that no look by ping can have',
      'kind: icmp, expectStatus: [200]',
      'probeTargets[0].expectStatus is not used by a icmp target; take it out, or write kind: http.',
    ],
    [
      'a name for a certificate that is not asked for',
      'kind: http, serverName: spl.go.id',
      'probeTargets[0].serverName is not used by a http target without tls: true; take it out, or add that.',
    ],
    ['an endless wait', 'kind: http, timeout: 1m', 'probeTargets[0].timeout "1m" is too long; write 30s at most.'],
    ['a look that never comes', 'kind: http, every: 2d', 'probeTargets[0].every "2d" is too seldom; write 1d at most.'],
    [
      'a department that is not there',
      'kind: http, pd: [diskominf]',
      'probeTargets[0].pd[0] "diskominf" is no department in perangkatDaerah; did you mean "diskominfo"?',
    ],
  ])('are refused with %s', (_name, settings, message) => {
    expect(withMore(target(settings)).replace(/^pantau\.yaml:\d+:\d+ /, '')).toBe(message);
  });

  it('have an id each', () => {
    const two =
      'probeTargets: [{ id: a, kind: tls, layer: spl, host: x }, { id: a, kind: tls, layer: spl, host: y }]\n';

    expect(withMore(two)).toBe(
      `pantau.yaml:${n}:65 probeTargets[1].id "a" is used twice; give each target its own id.`,
    );
  });

  it.each(['icmp', 'tcp, port: 443', 'http, path: /status, tls: true', 'tls, port: 8443', 'dns, query: spl.go.id'])(
    'are accepted as %s',
    (kind) => {
      expect(withMore(target(`kind: ${kind}, every: 5m, timeout: 30s`))).toBe('accepted');
    },
  );
});
