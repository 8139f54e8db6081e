import { describe, expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { serve } from '../../test/kit/served-app.ts';
import { minutes, vantage, widePemda } from '../../test/kit/wide-pemda.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const wanDuty = 'lebong-21-5-a-wan-oleh-dinas';

interface Page {
  items: Record<string, unknown>[];
}

describe('a common outage in the API', () => {
  it('is one incident with its sites, and each site says what holds it back', async () => {
    const agent = vantage();
    const config = widePemda({ siteCount: 4, areaOf: () => 'topos' });
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await minutes(bench, agent, 2, () => 'up');
    await minutes(bench, agent, 6, () => 'down');
    const { get } = await serve(bench);
    const list = async (name: string) => ((await (await get(`/api/v1/${name}`)).json()) as Page).items;
    const sites = ['pd-0/kantor', 'pd-1/kantor', 'pd-2/kantor', 'pd-3/kantor'];

    const incidents = await list('incidents?pd=diskominfo');
    expect(incidents).toMatchObject([
      {
        pd: 'diskominfo',
        subject: 'wilayah/topos',
        kind: 'link',
        cause: 'backbone-or-power',
        causeAtFirst: 'backbone-or-power',
        owner: 'Dinas Komunikasi dan Informatika',
        state: 'open',
        since: '2026-11-22T10:02:00.000+07:00',
        revision: 0,
        restatedAt: null,
        sites,
        obligations: [wanDuty],
      },
    ]);
    const rows = (await list('obligations?limit=1000')).filter((row) => row['obligation'] === wanDuty);
    const row = (pd: string, subject: string) => rows.find((each) => each['pd'] === pd && each['subject'] === subject);
    expect(row('diskominfo', 'wilayah/topos')).toMatchObject({
      status: 'breached',
      reasonCode: 'backbone-or-power',
      reason:
        'WAN 4 dari 4 lokasi di wilayah topos terputus atau putus-sambung hampir bersamaan sejak Minggu, 22 November 2026 pukul 10.02 WIB: gangguan jaringan tulang punggung atau listrik wilayah.',
      sites,
      heldBackBy: null,
    });
    expect(row('pd-2', 'kantor')).toMatchObject({
      status: 'breached',
      reasonCode: 'wan-down',
      sites: [],
      heldBackBy: { kind: 'parent', obligation: wanDuty, subject: 'wilayah/topos', reason: null, until: null },
    });
  });

  it('shows the cause that late reports settled, the one that was told at first, and the revision', async () => {
    const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [], startsAtMs });
    const incident = {
      id: 'INC-20261122-AAAAAA',
      pd: 'pd-0',
      obligation: wanDuty,
      subject: 'pd-0/kantor',
      kind: 'link',
      cause: 'wan-down',
      owner: 'Dinas Komunikasi dan Informatika',
      severity: 'critical',
      state: 'resolved',
      sinceMs: startsAtMs,
      openedAtMs: startsAtMs,
      acknowledgedAtMs: undefined,
      acknowledgedBy: undefined,
      resolvedAtMs: startsAtMs + 60_000,
      sites: ['pd-0/kantor'],
      obligations: [wanDuty],
      settledCause: 'power',
      settleByMs: undefined,
      revision: 1,
      restatedAtMs: startsAtMs + 120_000,
    } as const;
    const audit = { atMs: startsAtMs, actor: 'pantau', action: 'restate', subject: incident.id, detail: '' };
    await bench.store.saveIncident({ ...incident, sites: [...incident.sites], obligations: [wanDuty] }, audit);
    const { get } = await serve(bench);
    const { items } = (await (await get('/api/v1/incidents')).json()) as Page;

    expect(items).toMatchObject([
      { cause: 'power', causeAtFirst: 'wan-down', revision: 1, restatedAt: '2026-11-22T10:02:00.000+07:00' },
    ]);
  });
});
