import { describe, expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { appConfig as config, appStartsAtMs as startsAtMs, busyBench, serve } from '../../test/kit/served-app.ts';
import { testAgent } from '../../test/kit/test-agent.ts';

describe('the page for browsers', () => {
  it('shows hostile names as text', async () => {
    const hostile = `<script>alert("1")</script><img src=x onerror='x'>&amp;`;
    const agent = testAgent();
    const [first, second] = config.perangkatDaerah;
    if (first === undefined || second === undefined) throw new Error('no departments');
    const bench = await judgingBench({
      config: {
        ...config,
        pemda: { ...config.pemda, name: hostile },
        perangkatDaerah: [first, { ...second, name: hostile }],
      },
      agents: [agent],
      startsAtMs,
    });
    await bench.pass(22 * 3_600_000, 600_000);
    const backups = [{ dataset: 'simpus', source: 'files', outcome: 'failed' as const, reason: hostile }];
    await bench.send(agent, [agent.report(bench.clock.nowMs(), { backups })]);
    const { get } = await serve(bench);
    const response = await get('/', {});
    const html = await response.text();

    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
    expect(html).not.toMatch(/<script|<img/i);
    expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;/g)?.length).toBeGreaterThanOrEqual(4);
    expect(html).toContain('&amp;amp;');
  });

  it('says of each server whether it is heard, and of each duty what holds and by which law', async () => {
    const { get } = await serve(await busyBench());
    const html = await (await get('/', {})).text();

    expect(html).toContain('<html lang="id">');
    expect(html).toMatch(/server-2<\/td><td class="up">Melapor/);
    expect(html).toMatch(/never-heard<\/td><td class="unknown">Tidak diketahui<\/td><td class="">belum pernah/);
    expect(html).toContain('Pasal 19 ayat (1) Peraturan Bupati Lebong Nomor 22 Tahun 2022');
    expect(html).toMatch(/class="breached">Melanggar \(indikasi pelanggaran\)/);
  });
});
