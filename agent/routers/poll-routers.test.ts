import { afterEach, expect, it } from 'vitest';
import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import { systemClock } from '../../shared/clock.ts';
import { createLogger, type Logger, silentLogger } from '../../shared/logger.ts';
import type { ReportRouter } from '../../shared/report-schema.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { RouterPoller } from './poll-routers.ts';
import type { ReaderDeps, RouterReader } from './reader.ts';

const pollers: RouterPoller[] = [];
afterEach(async () => {
  for (const poller of pollers.splice(0)) await poller.close();
});

function router(host: string, more: Partial<RouterConfig> = {}): RouterConfig {
  return { host, reader: 'snmp', credential: 'c', timeoutSeconds: 1, everySeconds: 3600, ...more };
}

const anyReading = (config: RouterConfig): ReportRouter => ({
  address: config.host,
  reader: config.reader,
  state: 'up',
  takenAt: '2026-11-26T00:00:00.000Z',
  durationSeconds: 0,
});

function pollerWith(
  read: (config: RouterConfig, deps: ReaderDeps) => Promise<ReportRouter>,
  logger: Logger = silentLogger,
): RouterPoller {
  const reader: RouterReader = { kind: 'snmp', docs: '', read, explain: () => ({ text: '', remedy: '' }) };
  const poller = new RouterPoller({
    dataFolder: '/nowhere',
    clock: systemClock,
    logger,
    readers: [reader],
  });
  pollers.push(poller);
  return poller;
}

const addressesOf = (readings: readonly ReportRouter[]) => readings.map(({ address }) => address);

it('reads each router when it is due, again and again, and hands over what was read once', async () => {
  const poller = pollerWith((config) => Promise.resolve(anyReading(config)));
  poller.configure([router('a', { everySeconds: 1 }), router('b')]);

  const read: string[] = [];
  await waitUntil('a to be read twice', () => {
    read.push(...addressesOf(poller.queue.take()));
    return read.filter((address) => address === 'a').length >= 2;
  });
  expect(read.filter((address) => address === 'b')).toHaveLength(1);
});

it('reads 32 side by side at most, and never one address twice at a time', async () => {
  let busyCount = 0;
  let mostBusy = 0;
  const busy = new Set<string>();
  const poller = pollerWith(async (config) => {
    expect(busy.has(config.host)).toBe(false);
    busy.add(config.host);
    mostBusy = Math.max(mostBusy, ++busyCount);
    await new Promise((resolve) => setImmediate(resolve));
    busyCount--;
    busy.delete(config.host);
    return anyReading(config);
  });
  const many = Array.from({ length: 200 }, (_, number) => router(`r${number >> 1}`, { site: `s${number}` }));
  poller.configure(many);
  await poller.readAll();

  expect(poller.queue.take()).toHaveLength(200);
  expect(mostBusy).toBe(32);
});

it('gives a router its memory back at each reading, and another one when its settings change', async () => {
  const poller = pollerWith((config, { memory }) => {
    const count = Number(memory.get('count') ?? 0) + 1;
    memory.set('count', count);
    return Promise.resolve({ ...anyReading(config), durationSeconds: count });
  });
  const counts: number[] = [];
  for (const routers of [
    [router('a')],
    [router('b'), router('a')],
    [router('a', { credential: 'other' })],
    [router('a', { credential: 'other' })],
  ]) {
    poller.configure(routers);
    await poller.readAll();
    const taken = poller.queue.take().filter(({ address }) => address === 'a');
    counts.push(...taken.map(({ durationSeconds }) => durationSeconds));
  }

  expect(counts).toEqual([1, 2, 1, 2]);
});

it('drops what comes of a router that is no longer in the configuration', async () => {
  let finish = () => {};
  const poller = pollerWith((config) => new Promise((resolve) => (finish = () => resolve(anyReading(config)))));
  poller.configure([router('gone')]);
  const all = poller.readAll();
  poller.configure([]);
  finish();
  await all;

  expect(poller.queue.take()).toEqual([]);
});

it('tells of a reader that breaks, and of one that it does not know', async () => {
  const poller = pollerWith(() => Promise.reject(new Error('broken')));
  poller.configure([router('a', { pd: 'dinkes', site: 'kantor' }), router('b', { reader: 'telnet' })]);
  await poller.readAll();

  const told = poller.queue.take().sort((a, b) => a.address.localeCompare(b.address));
  expect(told).toMatchObject([
    { address: 'a', pd: 'dinkes', site: 'kantor', state: 'unknown', reason: 'reader-failed' },
    { address: 'b', state: 'unknown', reason: 'unknown-reader' },
  ]);
});

it('tells readings under way to end when it is closed, and waits for them', async () => {
  let endedCount = 0;
  const poller = pollerWith(
    (config, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          endedCount++;
          resolve(anyReading(config));
        });
      }),
  );
  poller.configure([router('a'), router('b')]);
  void poller.readAll();
  await poller.close();

  expect(endedCount).toBe(2);
});

it('says in the log once that a router is not read, why, and that it is again', async () => {
  const reasons = ['timeout', 'timeout', 'authentication-failed', undefined, undefined];
  const lines: string[] = [];
  const poller = pollerWith(
    (config) => {
      const reason = reasons.shift();
      return Promise.resolve({ ...anyReading(config), ...(reason === undefined ? {} : { state: 'unknown', reason }) });
    },
    createLogger(
      (line) => lines.push(line),
      () => 0,
    ),
  );
  poller.configure([router('10.20.1.1')]);
  while (reasons.length > 0) await poller.readAll();

  expect(lines).toEqual([
    '1970-01-01T00:00:00.000Z warn A router is not read as it should. router=10.20.1.1 reason=timeout\n',
    '1970-01-01T00:00:00.000Z warn A router is not read as it should. router=10.20.1.1 reason=authentication-failed\n',
    '1970-01-01T00:00:00.000Z info A router is read again. router=10.20.1.1\n',
  ]);
});
