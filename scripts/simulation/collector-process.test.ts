import { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { type CollectorProcess, startCollectorProcess } from './collector-process.ts';
import { prepareFleet } from './fleet.ts';
import { kabupatenConfig } from './kabupaten-config.ts';
import { createReportClient } from './report-client.ts';
import type { SimulatedAgent } from './simulated-agent.ts';
import { temporaryFolder } from './temporary-folder.test-kit.ts';

const configText = kabupatenConfig({ pdCount: 3, datasetPerPd: 1, intervalSeconds: 60, port: 0 });

async function started(dataFolder: string): Promise<CollectorProcess> {
  const collector = await startCollectorProcess({ dataFolder, configText });
  onTestFinished(() => collector.kill9());
  return collector;
}

function clientOf(collector: CollectorProcess, connections: 'kept' | 'new' = 'kept') {
  const client = createReportClient({ url: collector.url, connections });
  onTestFinished(() => client.close());
  return client;
}

async function fleetOf(collector: CollectorProcess, agentCount: number) {
  const { dataFolder, configPath } = collector;
  return prepareFleet({ dataFolder, configPath, client: clientOf(collector), agentCount, clock: systemClock });
}

function requestOf(agent: SimulatedAgent, encoding: 'dictionary' | 'gzip' | 'identity', count = 1) {
  const nowMs = systemClock.nowMs();
  const reports = Array.from({ length: count }, (_, place) =>
    agent.report({ takenAtMs: nowMs - (count - place) * 1000 }),
  );
  return agent.signedRequest(agent.envelope(reports, nowMs), { encoding });
}

const ackOf = ({ status, body }: { status: number; body: Buffer }) => {
  const { acked, acceptedCount, duplicateCount } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  return { status, acked, acceptedCount, duplicateCount };
};

describe('a collector process with simulated agents', () => {
  it('accepts each encoding once and answers a repeat as a duplicate', async () => {
    const collector = await started(temporaryFolder());
    const [member] = await fleetOf(collector, 1);
    const client = clientOf(collector, 'new');
    for (const [index, encoding] of (['dictionary', 'gzip', 'identity'] as const).entries()) {
      const request = requestOf(member?.agent as SimulatedAgent, encoding, 2);
      const acked = 2 * (index + 1);
      expect(ackOf(await client.send(request))).toEqual({ status: 200, acked, acceptedCount: 2, duplicateCount: 0 });
      expect(ackOf(await client.send(request))).toEqual({ status: 200, acked, acceptedCount: 0, duplicateCount: 2 });
    }
  });

  it('is refused with the name of the reason when the signature is of another agent', async () => {
    const collector = await started(temporaryFolder());
    const [first, second] = await fleetOf(collector, 2);
    const { headers, body } = requestOf(first?.agent as SimulatedAgent, 'gzip');
    const stolen = { ...headers, 'x-pantau-agent': second?.agent.id ?? '' };
    const answer = await clientOf(collector).send({ headers: stolen, body });
    expect([answer.status, (JSON.parse(answer.body.toString('utf8')) as { type: string }).type]).toEqual([
      401,
      'urn:pantau:problem:bad-signature',
    ]);
  });

  it('knows the same agents after a kill -9, with new sessions, and enrols only those that are missing', async () => {
    const dataFolder = temporaryFolder();
    const first = await started(dataFolder);
    const before = await fleetOf(first, 4);
    await first.kill9();
    const second = await started(dataFolder);
    const after = await fleetOf(second, 6);
    expect(after.slice(0, 4).map(({ agent }) => agent.id)).toEqual(before.map(({ agent }) => agent.id));
    expect(after.map(({ config }) => `${config.pd}/${config.node}`)).toEqual([
      'diskominfo/pemantau',
      'rsud/srv-aplikasi',
      'dukcapil/srv-aplikasi',
      'diskominfo/srv-basis-data',
      'rsud/srv-basis-data',
      'dukcapil/srv-basis-data',
    ]);
    expect(after.map(({ config }) => config.roles)).toEqual([['vantage', 'vault'], [], [], [], [], []]);
    const sessions = new Set([...before, ...after].map(({ agent }) => agent.session));
    expect(sessions.size).toBe(10);
    const answer = await clientOf(second).send(requestOf(after[0]?.agent as SimulatedAgent, 'dictionary'));
    expect(ackOf(answer)).toEqual({ status: 200, acked: 1, acceptedCount: 1, duplicateCount: 0 });
  });

  it('stops cleanly with exit code 0 and leaves its port', async () => {
    const collector = await started(temporaryFolder());
    expect(await collector.stop()).toBe(0);
    expect(collector.stdoutLines.at(-1)).toBe('Stopped. Everything that was acknowledged is on disk.');
    const { hostname, port } = new URL(collector.url);
    const code = await new Promise((resolve) => {
      new Socket().once('error', (error: NodeJS.ErrnoException) => resolve(error.code)).connect(Number(port), hostname);
    });
    expect(code).toBe('ECONNREFUSED');
  });

  it('says what the collector said when it does not start', async () => {
    const wrong = configText.replace('intervalSeconds: 60', 'intervalSeconds: sixty');
    await expect(startCollectorProcess({ dataFolder: temporaryFolder(), configText: wrong })).rejects.toMatchObject({
      code: 'collector-start',
      message: expect.stringMatching(/pantau\.yaml.*intervalSeconds/s) as string,
    });
  });
});

describe('the report client', () => {
  it('refuses to send beyond this machine', () => {
    expect(() => createReportClient({ url: 'http://192.0.2.1:8420' })).toThrow('must be a collector on this machine');
    expect(() => createReportClient({ url: 'https://127.0.0.1:8420' })).toThrow('must be a collector on this machine');
  });
});
