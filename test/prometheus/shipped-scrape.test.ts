import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { root } from '../architecture/source-files.ts';
import { configText } from '../kit/config-text.ts';
import { startPrometheus } from '../kit/prometheus.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { withVariant } from './variants.ts';

const needed = needs({ tools: ['prometheus'] });
const shipped = readFileSync(join(root, 'dashboards/prometheus/prometheus.yml'), 'utf8');

describe.skipIf(!needed.ok)(`The shipped prometheus.yml ${needed.reason}`, () => {
  it.each([
    { what: 'everything', variants: [], isTls: false, isFleetSeen: true },
    {
      what: 'everything through the certificate of the collector',
      variants: ['scheme: https', 'tls_config:'],
      isTls: true,
      isFleetSeen: true,
    },
    { what: 'only the collector’s own metrics', variants: ['params:'], isTls: false, isFleetSeen: false },
  ])(
    'scrapes $what',
    async ({ variants, isTls, isFleetSeen }) => {
      const folder = temporaryFolder();
      const dataFolder = join(folder, 'collector');
      const collector = await startCollectorProcess({ dataFolder, configText: configText({ tls: isTls }) });
      onTestFinished(async () => void (await collector.stop()));
      const copied = join(folder, 'pantau.pem');
      if (isTls) copyFileSync(join(dataFolder, 'tls/certificate.pem'), copied);
      const config = variants
        .reduce(withVariant, shipped)
        .replace('/etc/prometheus/pantau.pem', copied)
        .replace('127.0.0.1:8420', new URL(collector.url).host)
        .replace('scrape_interval: 60s', 'scrape_interval: 1s')
        .replace('scrape_timeout: 20s', 'scrape_timeout: 1s')
        .replaceAll(' rules/', ` ${join(root, 'dashboards/prometheus/rules')}/`);
      const prometheus = await startPrometheus({ folder, config });

      const up = async () => (await prometheus.query('up{job="pantau"} == 1')).length === 1;
      await waitUntil('the collector to be scraped', up).catch(async (cause: unknown) => {
        throw new Error(JSON.stringify(await prometheus.targets()), { cause });
      });

      const count = async (expression: string) => (await prometheus.query(`count(${expression})`))[0]?.value;
      expect(await count('pantau_reports_total{outcome="accepted"}')).toBe(1);
      expect(await count('pantau_obligation_status{pd="dinkes",status="breached"} >= 0')).toEqual(
        isFleetSeen ? expect.any(Number) : undefined,
      );
    },
    60_000,
  );
});
