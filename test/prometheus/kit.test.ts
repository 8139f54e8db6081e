import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAlertmanager } from '../kit/alertmanager.ts';
import { startPrometheus } from '../kit/prometheus.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { startVictoriaMetrics } from '../kit/victoria-metrics.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';

const tools = ['prometheus', 'prometheus-alertmanager', 'victoria-metrics'];
const needed = needs({ tools });

describe.skipIf(!needed.ok)(`The real programs of the tests ${needed.reason}`, () => {
  it('Prometheus answers queries, and knows its samples after it was killed', async () => {
    const config = `global: {scrape_interval: 1s}
rule_files: [rules.yml]
scrape_configs: [{job_name: itself, static_configs: [{targets: ['127.0.0.1:1']}]}]\n`;
    const prometheus = await startPrometheus({ folder: temporaryFolder(), config });
    const down = async () => (await prometheus.query('up{job="itself"} == 0'))[0];
    const first = await waitUntil('a first scrape', down);

    await prometheus.restart('SIGKILL');

    const kept = await prometheus.samples('up', first.atMs - 60_000, first.atMs);
    expect(kept.flatMap((series) => series.samples.map((sample) => sample.value))).toContain(0);
    await waitUntil('its target again', async () => (await prometheus.targets())[0]?.health === 'down');
    expect(await prometheus.rules()).toEqual([]);
    await expect(prometheus.query('sum(')).rejects.toThrow(/answered 400: .*parse error/);
    await expect(prometheus.reload('nothing: known')).rejects.toThrow('was not taken');
  }, 60_000);

  it('Prometheus that does not start says why', async () => {
    const started = startPrometheus({ folder: temporaryFolder(), config: 'nothing: known' });

    await expect(started).rejects.toThrow(/prometheus: it ended with 2\. It said: .*field nothing not found/s);
  });

  it('VictoriaMetrics tells samples as they were written, also after a restart', async () => {
    const folder = temporaryFolder();
    const victoria = await startVictoriaMetrics({ folder: join(folder, 'vm') });
    const atMs = Date.now() - 3_600_000;
    const lines = `a{b="c"} 1 ${atMs}\na{b="c"} 2.5 ${atMs + 1}\n`;
    await fetch(`${victoria.url}/api/v1/import/prometheus`, { method: 'POST', body: lines });
    await victoria.flush();
    const written = [
      {
        labels: { __name__: 'a', b: 'c' },
        samples: [
          { atMs, value: 1 },
          { atMs: atMs + 1, value: 2.5 },
        ],
      },
    ];
    expect(await victoria.samples('a', atMs, atMs + 10)).toEqual(written);

    await victoria.restart();

    expect(await victoria.samples('a', atMs, atMs + 10)).toEqual(written);
    expect(await victoria.query('max_over_time(a[5m])', atMs + 60_000)).toMatchObject([{ value: 2.5 }]);
  }, 60_000);

  it('Alertmanager holds what it was given', async () => {
    const config = 'route: {receiver: nobody, group_by: [pd]}\nreceivers: [{name: nobody}]\n';
    const alertmanager = await startAlertmanager({ folder: temporaryFolder(), config });

    await alertmanager.post([{ labels: { alertname: 'A', pd: 'dinkes' } }]);

    const group = await waitUntil('the group', async () => (await alertmanager.groups())[0]);
    expect(group.labels).toEqual({ pd: 'dinkes' });
    expect(group.alerts[0]?.labels).toEqual({ alertname: 'A', pd: 'dinkes' });
    expect((await alertmanager.alerts())[0]?.status.state).toBe('active');
  }, 60_000);
});
