import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { backup, testAgent } from '../../test/kit/test-agent.ts';
import { silentLogger } from '../../shared/logger.ts';
import { incidentInWords } from '../incidents/incident-words.ts';
import { createServiceDesk } from './service-desk.ts';

const hourMs = 3_600_000;
/** 10.00 WIB. */
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };

/** A collector whose only fault is a backup that is overdue, and its service desk. */
async function faulty(isFed = true) {
  const agent = testAgent({ key: 1 });
  const config = testConfig({ intervalSeconds: 60, datasets: [simpus] });
  const bench = await judgingBench({ config, agents: [agent], startsAtMs });
  let count = 0;
  const desk = createServiceDesk({
    registers: bench.registers,
    store: bench.store,
    clock: bench.clock,
    logger: silentLogger,
    newId: () => `REG-${(count += 1)}`,
    config: () => ({ ...config, registers: { serviceDeskFromIncidents: isFed } }),
    describe: (incident) => incidentInWords(incident, bench.judging, config),
  });
  const fails = () =>
    bench.send(agent, [agent.report(bench.clock.nowMs(), { backups: [backup(startsAtMs - 40 * hourMs)] })]);
  const passes = () =>
    bench.send(agent, [agent.report(bench.clock.nowMs(), { backups: [backup(bench.clock.nowMs() - 60_000)] })]);
  const entries = () => bench.registers.entries('service-desk').map(({ values }) => values);
  return { bench, desk, fails, passes, entries };
}

describe('the service desk', () => {
  it('has an entry for each fault from its beginning to its end, under the name of Pantau', async () => {
    const { bench, desk, fails, passes, entries } = await faulty();
    await fails();
    await desk.follow();
    const [incident] = bench.judging.openIncidents();
    const entry = {
      openedAt: '2026-11-22T10:00:00+07:00',
      kind: 'gangguan',
      reporter: 'Pantau',
      summary: expect.stringMatching(/^\S.* \(dinkes\/simpus\)$/) as string,
      incident: incident?.id ?? '',
    };
    expect(entries()).toEqual([{ ...entry, status: 'terbuka' }]);
    expect(bench.registers.entries('service-desk')).toMatchObject([{ pd: 'dinkes', enteredBy: 'pantau' }]);

    if (incident === undefined) throw new Error('no incident');
    const about = { atMs: startsAtMs, actor: 'siti' };
    await bench.store.saveIncident(
      { ...incident, state: 'handling' },
      { ...about, action: 'handle', subject: incident.id, detail: '' },
      [{ ...about, incident: incident.id, event: 'handling', detail: {} }],
    );
    await desk.follow();
    expect(entries()).toEqual([{ ...entry, status: 'ditangani' }]);

    bench.clock.advanceMs(hourMs);
    await passes();
    await desk.follow();
    expect(entries()).toEqual([{ ...entry, status: 'selesai', closedAt: '2026-11-22T11:00:00+07:00' }]);
  });

  it('keeps what people have written, and does not enter again what they took out', async () => {
    const { bench, desk, fails, passes, entries } = await faulty();
    await fails();
    await desk.follow();
    const [entry] = bench.registers.entries('service-desk');
    if (entry === undefined) throw new Error('no entry');
    const { id, pd, values } = entry;
    const change = { register: 'service-desk', entry: id, pd, attachments: [] };
    const act = { actor: 'siti', action: 'register-put', subject: '', detail: '' };
    await bench.registers.write(
      [{ ...change, values: { ...values, summary: 'Disk penuh' }, expectedRevision: 1 }],
      act,
    );
    await passes();
    await desk.follow();
    expect(entries()).toMatchObject([{ summary: 'Disk penuh', status: 'selesai' }]);

    await bench.registers.write([{ ...change, values, expectedRevision: 3, removed: true }], act);
    await bench.pass(2 * hourMs, hourMs);
    await desk.follow();
    expect(entries()).toEqual([]);
  });

  it('enters nothing twice, also when it is not known how far it had come', async () => {
    const { bench, desk, fails, entries } = await faulty();
    await fails();
    await desk.follow();
    await bench.store.registers.setDeskCursor(0);
    await desk.follow();
    await desk.follow();

    expect(entries()).toHaveLength(1);
  });

  it('begins with the incidents of the last year, over or not, and leaves those before alone', async () => {
    const { bench, desk, fails, passes, entries } = await faulty();
    await fails();
    await passes();
    bench.clock.advanceMs(367 * 24 * hourMs);
    await desk.follow();
    expect(entries()).toEqual([]);

    await bench.store.registers.setDeskCursor(0);
    bench.clock.advanceMs(-2 * 24 * hourMs);
    await desk.follow();
    expect(entries()).toMatchObject([{ status: 'selesai' }]);
  });

  it('is fed by nobody but people when the Pemda wants it so', async () => {
    const { desk, fails, entries } = await faulty(false);
    await fails();
    await desk.follow();

    expect(entries()).toEqual([]);
  });
});
