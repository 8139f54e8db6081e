import { describe, expect, it } from 'vitest';
import { minutes } from '../../../test/kit/wide-pemda.ts';
import { benchOf, server } from './settling.test-kit.ts';

describe('the cause of a dead WAN', () => {
  it('is the WAN when the machine was on and its gateway answered; nobody is alerted again', async () => {
    const only = server();
    const { bench, well, dark, back, cause, audit } = await benchOf([only]);
    await well(3);
    await dark(12, (each) => each.keep(bench.clock.nowMs(), 'up'));
    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);
    await back();

    expect(await cause()).toEqual(['wan-down', 'wan', 1, true]);
    expect(bench.notices()).toEqual(['kait resolved kantor wan-down']);
    const [row] = await bench.store.loadIncidents({});
    expect(audit).toMatchObject([{ action: 'restate', subject: row?.id, detail: 'wan-down → wan' }]);
    expect(row?.restatedAtMs).toBeGreaterThan(row?.resolvedAtMs ?? Infinity);
  });

  it('is the power when the machine was started anew in that time', async () => {
    const only = server();
    const { bench, well, dark, back, cause } = await benchOf([only]);
    await well(3);
    await dark(12, (each, minute) => {
      if (minute === 11) each.boot(bench.clock.nowMs());
    });
    await back();

    expect(await cause()).toEqual(['wan-down', 'power', 1, true]);
  });

  it('is still the WAN when the machine was started anew long after it had told of its gateway', async () => {
    const only = server();
    const { bench, well, dark, back, cause } = await benchOf([only]);
    await well(3);
    await dark(20, (each, minute) => {
      if (minute === 15) each.boot(bench.clock.nowMs());
      each.keep(bench.clock.nowMs(), 'up');
    });
    await back();

    expect(await cause()).toEqual(['wan-down', 'wan', 1, true]);
  });

  it('is the LAN when the machine was on and its gateway was silent', async () => {
    const only = server();
    const { bench, well, dark, back, cause } = await benchOf([only]);
    await well(3);
    await dark(12, (each) => each.keep(bench.clock.nowMs(), 'down'));
    await back();

    expect(await cause()).toEqual(['wan-down', 'lan', 1, true]);
  });

  it('is left as it was when the machine never comes back, after ten minutes', async () => {
    const only = server();
    const { watcher, bench, well, dark, cause } = await benchOf([only]);
    await well(3);
    await dark(12, () => {});
    await minutes(bench, watcher, 8, () => 'up');
    expect(await cause()).toEqual(['wan-down', undefined, 0, false]);
    await minutes(bench, watcher, 6, () => 'up');

    expect(await cause()).toEqual(['wan-down', undefined, 0, true]);
  });

  it('is not waited for where no machine can tell', async () => {
    const { watcher, bench, dark, cause } = await benchOf([]);
    await dark(8, () => {});
    await minutes(bench, watcher, 3, () => 'up');

    expect(await cause()).toEqual(['wan-down', undefined, 0, true]);
  });

  it('is settled after a restart of the collector', async () => {
    const only = server();
    const { bench, watcher, well, dark, cause } = await benchOf([only]);
    await well(3);
    await dark(12, (each) => each.keep(bench.clock.nowMs(), 'up'));
    await minutes(bench, watcher, 2, () => 'up');
    expect(await cause()).toEqual(['wan-down', undefined, 0, false]);
    await bench.restart();
    await bench.send(only.agent, only.drained());
    await well(3);

    expect(await cause()).toEqual(['wan-down', 'wan', 1, true]);
  });

  it('is the power when most machines of the site were started anew', async () => {
    const servers = [server(0, 2, 'server-1'), server(0, 3, 'server-2'), server(0, 4, 'server-3')];
    const { bench, well, dark, back, cause } = await benchOf(servers);
    await well(3);
    await dark(12, (each, minute) => {
      // One has a battery and goes on.
      if (each === servers[2]) each.keep(bench.clock.nowMs(), 'down');
      else if (minute === 11) each.boot(bench.clock.nowMs());
    });
    await back();

    expect(await cause()).toEqual(['wan-down', 'power', 1, true]);
  });
});
