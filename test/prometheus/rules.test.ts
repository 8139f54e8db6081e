import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { causeNames } from '../../dashboards/panels/cause-words.ts';
import { needs } from '../requirements.ts';
import { casesFolder, readCases, readRules, type Rule, rulesFolder, unprovenRules, yamlFiles } from './rule-files.ts';

const run = promisify(execFile);
const tools = needs({ tools: ['promtool'] });

describe.skipIf(!tools.ok)(`promtool ${tools.reason}`, () => {
  it('finds nothing wrong with the rules', async () => {
    const { stdout } = await run('promtool', ['check', 'rules', '--lint-fatal', ...yamlFiles(rulesFolder)]);
    const counts = [...stdout.matchAll(/SUCCESS: (\d+) rules found/g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(readRules().length);
  });

  it('sees each rule do what its cases say', async () => {
    const { stdout } = await run('promtool', ['test', 'rules', ...yamlFiles(casesFolder)], {
      cwd: casesFolder,
      env: { ...process.env, TZ: 'UTC' },
    });
    expect(stdout.match(/SUCCESS/g)).toHaveLength(yamlFiles(casesFolder).length);
  }, 120_000);
});

describe('the cases of the rules', () => {
  const alert: Rule = { file: 'a', name: 'Api', isAlert: true, expr: 'x', labels: {}, annotations: {} };
  const record: Rule = { ...alert, name: 'pantau:x', isAlert: false };

  it('leave a rule unproven that none shows both ways', () => {
    const shown = { files: ['a'], alerts: [{ alertname: 'Api', exp_alerts: [{}] }], expressions: [] };
    const silent = {
      files: ['a'],
      alerts: [{ alertname: 'Api' }],
      expressions: [{ expr: 'pantau:x', exp_samples: [] }],
    };
    expect(unprovenRules([alert, record], [shown])).toEqual([
      'a: no case shows Api not firing.',
      'a: no case shows pantau:x.',
    ]);
    expect(unprovenRules([alert], [silent])).toEqual(['a: no case shows Api firing.']);
    expect(unprovenRules([alert], [])).toHaveLength(2);
    expect(unprovenRules([{ ...alert, expr: 'vector(1)' }], [shown])).toEqual([]);
    const kept = (exp_samples: unknown[]) => ({ expr: 'ALERTS{alertname="Api"}', exp_samples });
    expect(unprovenRules([alert], [{ ...shown, alerts: [], expressions: [kept([{}]), kept([])] }])).toEqual([]);
    expect(unprovenRules([alert], [{ ...shown, alerts: [], expressions: [kept([{}])] }])).toHaveLength(1);
    expect(unprovenRules([alert], [shown, silent])).toEqual([]);
    // A case that loads other rules proves nothing of these.
    expect(unprovenRules([alert], [shown, { ...silent, files: ['b'] }])).toHaveLength(1);
  });

  it('prove every rule that is shipped', () => {
    expect(unprovenRules(readRules(), readCases())).toEqual([]);
  });
});

it('tells of an incident in the words of the boards', () => {
  const words = readRules().find(({ name }) => name === 'InsidenPantau')?.annotations['penyebab'] ?? '';
  const told = [...words.matchAll(/eq \$code "([^"]+)" \}\}(.*)/g)].map(([, code, text]) => [code, text]);
  expect(told).toEqual(causeNames);
});
