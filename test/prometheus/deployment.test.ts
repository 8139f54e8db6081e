import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../architecture/source-files.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { needs } from '../requirements.ts';
import { withVariant } from './variants.ts';

const run = promisify(execFile);
const folder = join(root, 'dashboards');
const readText = (path: string) => readFileSync(join(folder, path), 'utf8');
const prometheusText = readText('prometheus/prometheus.yml');

interface Service {
  image: string;
  user?: string;
  network_mode: string;
  ports?: string[];
  command?: string[];
  environment?: Record<string, string>;
  volumes: string[];
  healthcheck?: { test: string[] };
  cap_drop: string[];
  security_opt: string[];
}

const compose = parse(readText('compose.yaml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const ports = { collector: 8420, prometheus: 9090, alertmanager: 9093, grafana: 3000 } as const;
const addressOf = (name: keyof typeof ports) => `127.0.0.1:${ports[name]}`;

describe('prometheus.yml', () => {
  const tools = needs({ tools: ['promtool'] });

  it.skipIf(!tools.ok)(`is taken by promtool with its rules ${tools.reason}`, async () => {
    const { stdout } = await run('promtool', ['check', 'config', join(folder, 'prometheus/prometheus.yml')]);
    expect(stdout).toContain('SUCCESS: 3 rule files found');
  });

  it.skipIf(!tools.ok).each([
    ['rules/conditions.yml', (config: Config) => config.rule_files.includes('rules/conditions.yml')],
    ['scheme: https', ({ scrape_configs: [pantau] }: Config) => pantau?.scheme === 'https'],
    ['tls_config:', ({ scrape_configs: [pantau] }: Config) => pantau?.tls_config?.ca_file?.endsWith('.pem')],
    ['params:', ({ scrape_configs: [pantau] }: Config) => pantau?.params?.['collect[]']?.[0] === 'collector'],
    ['job_name: pantau-probe', (config: Config) => config.scrape_configs.length === 4],
  ])(`is taken with the variant %s switched on ${tools.reason}`, async (line, holds) => {
    const text = withVariant(prometheusText, line);
    expect(holds(parse(text) as Config)).toBe(true);
    expect(holds(parse(prometheusText) as Config)).not.toBe(true);
    const path = join(temporaryFolder(), 'prometheus.yml');
    writeFileSync(path, text);
    expect((await run('promtool', ['check', 'config', '--syntax-only', path])).stdout).toContain('is valid');
  });

  it('asks the others where compose and Grafana have them', () => {
    const config = parse(prometheusText) as Config;
    const targets = config.scrape_configs.map((job) => [job.job_name, job.static_configs[0]?.targets]);
    expect(targets).toEqual([
      ['pantau', [addressOf('collector')]],
      ['prometheus', [addressOf('prometheus')]],
      ['alertmanager', [addressOf('alertmanager')]],
    ]);
    expect(config.alerting.alertmanagers[0]?.static_configs[0]?.targets).toEqual([addressOf('alertmanager')]);
  });
});

interface Config {
  rule_files: string[];
  scrape_configs: {
    job_name: string;
    scheme?: string;
    params?: Record<string, string[]>;
    tls_config?: { ca_file?: string };
    static_configs: { targets: string[] }[];
  }[];
  alerting: { alertmanagers: { static_configs: { targets: string[] }[] }[] };
}

describe('the provisioning of Grafana', () => {
  it('names both data sources where they listen, by lasting ids', () => {
    const { datasources } = parse(readText('grafana/provisioning/datasources/pantau.yaml')) as {
      datasources: { uid: string; type: string; url: string; jsonData: Record<string, unknown> }[];
    };
    expect(datasources.map(({ uid, type, url }) => [uid, type, url])).toEqual([
      ['pantau-prometheus', 'prometheus', `http://${addressOf('prometheus')}`],
      ['pantau-alertmanager', 'alertmanager', `http://${addressOf('alertmanager')}`],
    ]);
    expect(datasources[0]?.jsonData['alertmanagerUid']).toBe(datasources[1]?.uid);
  });

  it('reads the boards from where a clone has them, and compose puts them there', () => {
    const { providers } = parse(readText('grafana/provisioning/dashboards/pantau.yaml')) as {
      providers: { folder: string; folderUid: string; options: { path: string } }[];
    };
    expect(providers).toMatchObject([{ folder: 'Pantau', folderUid: 'pantau' }]);
    const path = providers[0]?.options.path ?? '';
    expect(existsSync(join(root, path.replace('/opt/pantau/', '')))).toBe(true);
    expect(compose.services['grafana']?.volumes.some((volume) => volume.endsWith(`:${path}:ro`))).toBe(true);
  });
});

describe('compose.yaml', () => {
  it('brings all four, each of a fixed version', () => {
    expect(services.map(([name]) => name)).toEqual(Object.keys(ports));
    for (const [, { image }] of services) expect(image).toMatch(/^[a-z/]+:v?\d+\.\d+\.\d+(-[a-z-]+)?$/);
  });

  it.each(services)(
    'mounts into %s what is there, read-only but for data in declared volumes',
    (_name, { volumes }) => {
      const mounts = volumes.map((volume) => volume.split(':'));
      const isFolder = ([source = '']: string[]) => source.startsWith('.') && source !== '../data';
      const folders = mounts.filter(isFolder);
      expect(folders.filter(([source = '', , mode]) => mode !== 'ro' || !existsSync(resolve(folder, source)))).toEqual(
        [],
      );
      const kept = mounts.filter((mount) => !isFolder(mount)).map(([source = '', , mode]) => [source, mode]);
      expect(kept).toEqual([[expect.toBeOneOf(['../data', ...Object.keys(compose.volumes)]), undefined]]);
    },
  );

  it.each(services)('gives %s no port that it did not choose, and no more than it needs', (_name, service) => {
    expect(service).toMatchObject({ network_mode: 'host', cap_drop: ['ALL'] });
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.ports).toBeUndefined();
    expect(service.user ?? 'its own').not.toMatch(/^(0|root)\b/);
  });

  it.each(services)('asks %s whether it is well at its own port', (name, { healthcheck }) => {
    expect(healthcheck?.test.join(' ')).toContain(`http://${addressOf(name as keyof typeof ports)}/`);
  });

  it('runs what is in the clone, lets nobody but the collector be reached from outside, and holds no password', () => {
    expect(existsSync(join(root, compose.services['collector']?.command?.[0] ?? ''))).toBe(true);
    for (const name of ['prometheus', 'alertmanager'] as const) {
      expect(compose.services[name]?.command).toContain(`--web.listen-address=${addressOf(name)}`);
    }
    expect(compose.services['grafana']?.environment).toMatchObject({
      GF_SERVER_HTTP_ADDR: '127.0.0.1',
      GF_SERVER_HTTP_PORT: String(ports.grafana),
      GF_SECURITY_ADMIN_PASSWORD: expect.stringMatching(/^\$\{GRAFANA_PASSWORD:\?/) as unknown,
    });
  });
});
