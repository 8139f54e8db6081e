import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPingPath, parsePing } from './parse-ping.ts';

const uuid = '07c2f548-9850-4b27-af5d-6c9dc157ec02';
const key = 'k3y0fth1sd3partm3nt000';

/** `<kind>[ <exit status>]` of what is called, and whom. */
function parsed(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://collector');
  const call = parsePing(pathname, searchParams);
  if (call === undefined) return 'nothing';
  const { style, kind, exitStatus, name } = call;
  const who = 'uuid' in name ? name.uuid : `${name.pingKey} ${name.slug}`;
  return [style === 'healthchecks' ? 'ping' : 'push', who, kind, exitStatus]
    .filter((part) => part !== undefined)
    .join(' ');
}

describe('a ping address', () => {
  it.each([
    [`/ping/${uuid}`, `ping ${uuid} success`],
    [`/ping/${uuid}/`, `ping ${uuid} success`],
    [`/ping/${uuid}/start`, `ping ${uuid} start`],
    [`/ping/${uuid}/start/`, `ping ${uuid} start`],
    [`/ping/${uuid}/fail`, `ping ${uuid} fail`],
    [`/ping/${uuid}/log`, `ping ${uuid} log`],
    [`/ping/${uuid}/0`, `ping ${uuid} success 0`],
    [`/ping/${uuid}/000`, `ping ${uuid} success 0`],
    [`/ping/${uuid}/1`, `ping ${uuid} fail 1`],
    [`/ping/${uuid}/255`, `ping ${uuid} fail 255`],
    [`/ping/${uuid}/256`, `ping ${uuid} fail 256`],
    [`/ping/${uuid}/${'9'.repeat(400)}`, `ping ${uuid} fail Infinity`],
    [`/ping/${key}/dinkes_simpus`, `ping ${key} dinkes_simpus success`],
    [`/ping/${key}/dinkes_simpus/`, `ping ${key} dinkes_simpus success`],
    [`/ping/${key}/dinkes_simpus/start`, `ping ${key} dinkes_simpus start`],
    [`/ping/${key}/dinkes_simpus/7`, `ping ${key} dinkes_simpus fail 7`],
    [`/ping/${key}/start`, `ping ${key} start success`],
    // No action of that name: it could still be somebody's slug.
    [`/ping/${uuid}/stop`, `ping ${uuid} stop success`],
    [`/ping/${uuid}/-1`, `ping ${uuid} -1 success`],
    [`/ping/${uuid}/start/0`, `ping ${uuid} start success 0`],
  ])('%s means %s', (url, meaning) => {
    expect(parsed(url)).toBe(meaning);
  });

  it.each([
    '/ping/',
    '/ping//',
    `/ping/${uuid.toUpperCase()}`,
    `/ping/${uuid.replaceAll('-', '')}`,
    `/ping/${uuid}x`,
    `/ping/x${uuid}`,
    `/ping/${uuid}//start`,
    `/ping/${uuid}/1.5`,
    `/ping/${uuid}/start/0/more`,
    `/ping/${key}/dinkes_simpus/stop`,
    `/ping/${key}/dinkes%5fsimpus`,
    '/api/push/',
    `/api/push/${uuid}/more`,
  ])('cannot look like %s', (url) => {
    expect(parsed(url)).toBe('nothing');
  });

  it('brings run and time along as they are written, the last of several', () => {
    const query = new URLSearchParams('rid=a&rid=b&ts=1&ts=2&rid=');

    expect(parsePing(`/ping/${uuid}`, query)).toMatchObject({ rid: '', ts: '2', message: undefined });
    expect(parsePing(`/ping/${uuid}`, new URLSearchParams())).toMatchObject({ rid: undefined, ts: undefined });
  });
});

describe('a push of Uptime Kuma', () => {
  it.each([
    ['', 'success'],
    ['?status=up&msg=OK&ping=', 'success'],
    ['?status=up&msg=finish', 'success'],
    ['?status=&msg=', 'success'],
    ['?msg=12+files+copied', 'success'],
    ['?status=up&msg=start', 'start'],
    ['?msg=%20Started%20', 'start'],
    ['?status=up&msg=log', 'log'],
    ['?status=up&msg=fail', 'fail'],
    ['?status=down&msg=fail', 'fail'],
    ['?status=down', 'fail'],
    ['?status=down&msg=start', 'fail'],
    ['?status=UP', 'fail'],
    ['?status=up&status=down', 'fail'],
  ])('%s means %s', (query, kind) => {
    expect(parsed(`/api/push/${uuid}${query}`)).toBe(`push ${uuid} ${kind}`);
  });
});

it('whatever is called, an answer can be given', () => {
  const part = fc.oneof(
    fc.constantFrom(uuid, key, 'start', 'fail', 'log', '0', '256', '', '%', '%00', '..', 'a_b', 'ÿ'),
    fc.string({ maxLength: 40 }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('/ping/', '/api/push/'),
      fc.array(part, { maxLength: 5 }),
      fc.string(),
      (at, parts, query) => {
        const path = at + parts.join('/');
        const call = parsePing(path, new URLSearchParams(query));

        expect(isPingPath(path)).toBe(true);
        if (call?.exitStatus !== undefined) expect(call.kind).toBe(call.exitStatus === 0 ? 'success' : 'fail');
        if (call !== undefined && 'slug' in call.name) expect(call.name.slug).toMatch(/^[-\w]+$/);
      },
    ),
  );
});
