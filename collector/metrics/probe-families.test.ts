import { expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { probe, testAgent } from '../../test/kit/test-agent.ts';
import { pageOf } from './page-of.test-kit.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const config = testConfig({ intervalSeconds: 60 });
const certificate = {
  notAfter: '2027-01-01T00:00:00Z',
  subject: 'CN=spl',
  issuer: 'CN=ca',
  fingerprint: 'a'.repeat(64),
  trust: 'trusted',
};
const page = probe('up', { name: 'spl', kind: 'http', layer: 'spl', target: 'spl', roundTripSeconds: 0.2, httpStatus: 200, certificate }); // prettier-ignore

/** `<name> <target> <value>` of what stands on the page under names of blackbox_exporter. */
const shown = (text: string) =>
  [...text.matchAll(/^(probe_\w+)\{.*target="([^"]*)".*\} (\S+)$/gm)].map(([, ...parts]) => parts.join(' '));

async function bench() {
  const agent = testAgent();
  return { agent, bench: await judgingBench({ config, agents: [agent], startsAtMs }) };
}

it('tells one round as it was measured, without the patience of a link', async () => {
  const { agent, bench: world } = await bench();
  await world.send(agent, [agent.report(startsAtMs, { probes: [page] })]);
  await world.pass(60_000);
  const failed = probe('down', { name: 'spl', kind: 'http', layer: 'spl', target: 'spl', reason: 'timeout' });
  await world.send(agent, [agent.report(world.clock.nowMs(), { probes: [failed] })]);
  const text = await pageOf(world);

  // The link is not down after one bad round, and still knows the certificate; the round saw none.
  expect(text).toMatch(/^pantau_link_up\{.*target="spl".*\} 1$/m);
  expect(text).toMatch(/^pantau_link_certificate_expiry_timestamp_seconds\{.*target="spl"/m);
  expect(shown(text)).toEqual(['probe_success spl 0', 'probe_http_status_code spl 0']);
});

it('gives the duration of whole attempts only, and of pings their round trip', async () => {
  const { agent, bench: world } = await bench();
  const probes = [
    page,
    probe('up', { name: 'ping', target: 'ping', roundTripSeconds: 0.001 }),
    probe('up', { name: 'port', kind: 'tcp', target: 'port', roundTripSeconds: 0.02 }),
    probe('unknown', { name: 'unseen', kind: 'http', target: 'unseen', sentCount: 0, reason: 'own-link-down' }),
    probe('up', { name: 'way', kind: 'path', target: 'way', roundTripSeconds: 0.5 }),
  ];
  await world.send(agent, [agent.report(startsAtMs, { probes })]);

  expect(shown(await pageOf(world))).toEqual([
    'probe_success spl 1',
    'probe_success ping 1',
    'probe_success port 1',
    'probe_duration_seconds spl 0.2',
    'probe_duration_seconds port 0.02',
    'probe_icmp_duration_seconds ping 0.001',
    'probe_http_status_code spl 200',
    'probe_ssl_earliest_cert_expiry spl 1798761600',
  ]);
});

it('says nothing of a node that has fallen silent', async () => {
  const { agent, bench: world } = await bench();
  await world.send(agent, [agent.report(startsAtMs, { probes: [page] })]);
  await world.pass(151_000);

  expect(shown(await pageOf(world))).toEqual([]);
});
