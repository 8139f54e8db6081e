import { describe, expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { minutes, vantage, widePemda } from '../../test/kit/wide-pemda.ts';
import { noTouchedFacts } from '../facts/touched-facts.ts';
import { acknowledge } from './actions/acknowledge.ts';
import { incidentActions } from './actions/registry.ts';
import { readDurations } from './read-durations.ts';

/** A site whose WAN was down, told, when whoever probes it fell silent: nothing is known of it any more. */
async function unknownSite() {
  const agent = vantage();
  const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [agent] });
  await minutes(bench, agent, 3, () => 'up');
  await minutes(bench, agent, 6, () => 'down');
  await bench.pass(40 * 60_000);
  expect(bench.verdict('pd-0/kantor')).toBe('no-evidence no-fresh-measurement');
  // The machine that fell silent is another incident.
  const open = () => bench.judging.openIncidents().filter(({ subject }) => subject === 'pd-0/kantor');
  const told = () => bench.notices().filter((text) => text.includes(' kantor '));
  expect(told()).toEqual(['kait opened kantor wan-down']);
  const id = open()[0]?.id ?? '';
  const act = (name: string, body = {}) => {
    const action = incidentActions.find((each) => each.name === name);
    if (action === undefined) throw new Error(`there is no ${name}`);
    return bench.judging.operate({ incident: id, action, body, actor: 'siti' });
  };
  return { bench, agent, id, open, told, act };
}

describe('an incident of which nothing is known any more', () => {
  it('is ended by a person, which is told with who did and why', async () => {
    const { bench, open, act } = await unknownSite();
    await act('resolve', { text: 'lokasi pindah' });

    expect(open()).toEqual([]);
    const [entry] = bench.store.outbox.dueEntries(Infinity, 1);
    expect(entry?.notice).toMatchObject({
      event: 'resolved',
      obligation: { status: 'no-evidence' },
      details: [{ label: 'Ditutup oleh', value: 'siti: lokasi pindah' }],
    });
  });

  it('is opened again by the fault that is seen again, or by a person, and each is told', async () => {
    const { bench, agent, id, open, told, act } = await unknownSite();
    await act('resolve', { text: 'lokasi pindah' });
    await act('reopen', { text: 'belum' });
    await act('resolve', { text: 'sudah' });
    await minutes(bench, agent, 4, () => 'down');

    expect(open()).toMatchObject([{ id, state: 'reopened', reopened: { count: 2 } }]);
    expect(open()[0]).not.toHaveProperty('closed');
    expect(told()).toEqual([
      'kait resolved kantor wan-down',
      'kait reopened kantor wan-down',
      'kait resolved kantor wan-down',
      'kait reopened kantor wan-down',
    ]);
    const events = await bench.store.incidentHistory.events(id);
    const byPeople = events.filter(({ event }) => event !== 'notified');
    expect(byPeople.map(({ event, actor }) => `${event} ${actor}`)).toEqual([
      'opened pantau',
      'resolved siti',
      'reopened siti',
      'resolved siti',
      'reopened pantau',
    ]);
  });

  it('takes a note and a cause after it is over, over a restart, too', async () => {
    const { bench, id, open, act } = await unknownSite();
    await act('resolve', { text: 'lokasi pindah' });
    await bench.restart();
    await act('cause', { cause: 'isp-contract' });
    await act('note', { text: 'tagihan dibayar' });

    expect(await bench.store.incident(id)).toMatchObject({
      state: 'resolved',
      statedCause: { code: 'isp-contract', byOtherParty: false, by: 'siti' },
      closed: { by: 'siti' },
    });
    expect(open()).toEqual([]);
    const byPeople = (await bench.store.incidentHistory.events(id)).filter(({ actor }) => actor === 'siti');
    expect(byPeople.map(({ event }) => event)).toEqual(['resolved', 'cause', 'note']);
  });

  it('counts as unknown for as long as nothing was known', async () => {
    const { bench, id } = await unknownSite();
    const incident = await bench.store.incident(id);
    const nowMs = bench.clock.nowMs();
    if (incident === undefined) throw new Error('the incident is there');
    const { downSeconds, unknownSeconds, upSeconds } = await readDurations(incident, bench.store.verdictHistory, nowMs);

    expect(upSeconds).toBe(0);
    expect(unknownSeconds).toBeGreaterThan(30 * 60);
    expect(downSeconds).toBeGreaterThan(4 * 60);
    expect(downSeconds + unknownSeconds).toBe(Math.round((nowMs - incident.sinceMs) / 1000));
  });
});

it('does not wait for a fleet that always tells something more', async () => {
  const agent = vantage();
  let [isBusy, turnCount] = [false, 0];
  const bench = await judgingBench({
    config: widePemda({ siteCount: 1 }),
    agents: [agent],
    // Every turn asks for the next deadline at its end; something more has come by then.
    wrap: (store) => ({
      ...store,
      nextDeadlineAtMs() {
        if (isBusy && turnCount < 50) {
          turnCount += 1;
          bench.judging.touch(more);
        }
        return store.nextDeadlineAtMs();
      },
    }),
  });
  const more = { ...noTouchedFacts(), sites: new Set(['pd-0/kantor']) };
  await minutes(bench, agent, 3, () => 'up');
  await minutes(bench, agent, 6, () => 'down');
  const [incident] = bench.judging.openIncidents();
  isBusy = true;
  bench.judging.touch(more);
  const body = { incident: incident?.id ?? '', action: acknowledge, body: {}, actor: 'siti' };

  expect(await bench.judging.operate(body)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'siti' });
  expect(turnCount).toBe(1);
});
