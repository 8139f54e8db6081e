import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { n, minimal, parse, withMore } from '../bad-config.test-kit.ts';

const receiver = (settings: string) =>
  `remoteWrite: [{ id: prometheus, url: "http://127.0.0.1:9090/api/v1/write"${settings} }]\n`;

describe('a receiver of remote write in the configuration', () => {
  it('needs a name and an address; the rest has defaults', () => {
    expect(parse(minimal + receiver('')).remoteWrite).toEqual([
      {
        id: 'prometheus',
        url: 'http://127.0.0.1:9090/api/v1/write',
        labels: {},
        sendHistory: false,
        snapshotEvery: '60s',
        timeout: '30s',
        maxQueueSizeBytes: 268_435_456,
        samplesPerRequest: 2000,
      },
    ]);
  });

  it('may keep its secrets in files, and be told apart by labels', () => {
    const file = join(temporaryFolder(), 'secret');
    writeFileSync(file, 'rahasia-sekali\n');

    expect(withMore(receiver(`, bearerToken: { file: ${file} }, labels: { pemda: lebong }`))).toBe('accepted');
    expect(withMore(receiver(`, basicAuth: { username: pantau, password: { file: ${file} } }`))).toBe('accepted');
  });

  it.each([
    [', headers: { Content-Type: text/plain }', '.headers.Content-Type is set by Pantau itself; take it out.'],
    [
      ', bearerToken: rahasia-sekali, headers: { authorization: rahasia }',
      '.headers.authorization is given beside bearerToken; a receiver is shown one of them, so take the other out.',
    ],
    [
      ', basicAuth: { username: a, password: rahasia-sekali }, bearerToken: rahasia-sekali',
      '.bearerToken is given beside basicAuth; a receiver is shown one of them, so take the other out.',
    ],
    [', labels: { __name__: a }', '.labels.__name__ begins with "__", which Prometheus keeps for itself; rename it.'],
    [', headers: { a b: c }', '.headers.a b is no name of a header; write one such as X-Scope-OrgID.'],
    [', labels: { 9a: b }', '.labels.9a is no name of a label; use letters, digits and "_", not a digit first.'],
    [', labels: { pd: a }', '.labels.pd is a label of the series themselves; choose another name.'],
    [', snapshotEvery: 1s', '.snapshotEvery "1s" is not between 10s and 1h; 60s suits most.'],
    [
      ', bearerToken: { file: /nowhere/token }',
      ' the file /nowhere/token cannot be used: ENOENT; check the path, its owner and mode.',
    ],
  ])('with %s is refused in one sentence without a secret', (settings, message) => {
    expect(withMore(receiver(settings))).toMatch(new RegExp(`^pantau.yaml:${n}:\\d+ `));
    expect(withMore(receiver(settings)).replace(/^\S+ /, '')).toBe(`remoteWrite[0]${message}`);
  });

  it('is refused when its name is another one’s too', () => {
    const two = 'remoteWrite: [{ id: a, url: "http://x.example/" }, { id: a, url: "http://y.example/" }]\n';

    expect(withMore(two)).toBe(
      `pantau.yaml:${n}:58 remoteWrite[1].id "a" is used twice; give each receiver its own id.`,
    );
  });

  it.each(['urls: []', 'labels: { a: "" }', 'samplesPerRequest: 1', 'bearerToken: ""', 'timeout: 1h'])(
    'is refused with %s',
    (setting) => {
      expect(withMore(receiver(`, ${setting}`))).toMatch(/^pantau\.yaml:\d+:\d+ remoteWrite\[0\].*[.?]$/);
    },
  );
});
