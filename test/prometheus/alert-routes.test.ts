import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../architecture/source-files.ts';
import { needs } from '../requirements.ts';
import { readRules } from './rule-files.ts';

const run = promisify(execFile);
const path = join(root, 'dashboards/alertmanager/alertmanager.yml');
const alerts = readRules().filter(({ isAlert }) => isAlert);
const tools = needs({ tools: ['amtool'] });

describe.skipIf(!tools.ok)(`amtool ${tools.reason}`, () => {
  it('finds nothing wrong with the configuration, and its templates', async () => {
    const { stdout } = await run('amtool', ['check-config', path]);
    expect(stdout).toContain('SUCCESS');
    expect(stdout).toMatch(/1 templates\s+SUCCESS/);
  });

  it.each([
    ['CadanganTerlambat', 'critical', 'diskominfo-siaga'],
    ['CadanganGagal', 'warning', 'diskominfo'],
    ['InsidenPantau', 'critical', 'diskominfo-siaga'],
    ['InsidenPantau', 'warning', 'diskominfo'],
    ['SambunganWanTerputus', 'critical', 'diskominfo-siaga'],
    ['TujuanMatiDariSemuaLokasi', 'critical', 'diskominfo-siaga'],
    ['SertifikatSegeraBerakhir', 'warning', 'diskominfo'],
    ['SertifikatHampirBerakhir', 'critical', 'diskominfo-siaga'],
    ['LebarPitaTerlampaui', 'info', 'diskominfo'],
    ['KolektorMati', 'critical', 'diskominfo-siaga'],
    ['RemoteWriteTertinggal', 'warning', 'diskominfo-siaga'],
    ['Watchdog', 'none', 'denyut'],
  ])('sends %s (%s) to %s', async (alertname, severity, receiver) => {
    const labels = [`alertname=${alertname}`, `severity=${severity}`, 'pd=dinkes'];
    const { stdout } = await run('amtool', ['config', 'routes', 'test', `--config.file=${path}`, ...labels]);
    expect(stdout.trim()).toBe(receiver);
    expect(alerts.map(({ name }) => name)).toContain(alertname);
  });
});

interface Matchers {
  matchers?: string[];
  routes?: Matchers[];
  source_matchers?: string[];
  target_matchers?: string[];
  equal?: string[];
}

describe('the configuration of Alertmanager', () => {
  const config = parse(readFileSync(path, 'utf8')) as { route: Matchers; inhibit_rules: Matchers[] };
  const routes = (route: Matchers): Matchers[] => [route, ...(route.routes ?? []).flatMap(routes)];

  /** The shipped alerts that a matcher of names means, part by part of an alternative. */
  function namesOf(matcher: string): { part: string; names: string[] }[] {
    const [, operator = '', value = ''] = /^alertname\s*(=~|=)\s*"?([^"]*)"?$/.exec(matcher) ?? [];
    if (operator === '') return [];
    const parts = operator === '=' ? [value] : value.split(/\|(?![^(]*\))/);
    return parts.map((part) => {
      const whole = new RegExp(`^(?:${part})$`);
      return { part, names: alerts.map(({ name }) => name).filter((name) => whole.test(name)) };
    });
  }

  it('names no alert that no rule raises', () => {
    const matchers = [
      ...routes(config.route).flatMap((route) => route.matchers ?? []),
      ...config.inhibit_rules.flatMap((rule) => [...(rule.source_matchers ?? []), ...(rule.target_matchers ?? [])]),
    ];
    const named = matchers.flatMap(namesOf);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter(({ names }) => names.length === 0)).toEqual([]);
  });

  it('never holds back by a label that one of the two lacks: a missing label would equal another missing one', () => {
    const labelsOf = (name: string) => {
      const expr = alerts.find((alert) => alert.name === name)?.expr ?? '';
      return (/by \(([^)]*)\)/.exec(expr)?.[1] ?? '').split(', ');
    };
    const lacking = config.inhibit_rules.flatMap(({ source_matchers = [], target_matchers = [], equal = [] }) =>
      [...source_matchers, ...target_matchers]
        .flatMap(namesOf)
        .flatMap(({ names }) => names)
        .flatMap((name) =>
          equal.filter((label) => !labelsOf(name).includes(label)).map((label) => `${name}: ${label}`),
        ),
    );
    expect(lacking).toEqual([]);
  });

  it('never holds back a backup behind a router, and nothing holds itself back', () => {
    for (const { source_matchers = [], target_matchers = [] } of config.inhibit_rules) {
      const sources = source_matchers.flatMap(namesOf).flatMap(({ names }) => names);
      const targets = target_matchers.flatMap(namesOf).flatMap(({ names }) => names);
      expect(sources).toHaveLength(1);
      expect(targets).not.toContain(sources[0]);
      if (sources[0] !== 'KolektorMati') expect(targets.filter((name) => name.startsWith('Cadangan'))).toEqual([]);
    }
  });
});
