import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyPair } from '../../shared/signing.ts';
import { signConfig, someConfig } from './agent-config.test-kit.ts';
import { checkInChild } from './check-child.ts';
import { configProblem } from './check-configuration.ts';
import { loadConfig, saveConfig } from './config-cache.ts';
import { readSettings } from './settings.ts';

const collector = createKeyPair();
const agent = 'abcdefghijklmnop';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
const path = () => join(folder, 'configuration.json');

describe('cached configuration', () => {
  it('comes back as it was signed', () => {
    const signed = signConfig(someConfig(agent), collector.privateKey);
    saveConfig(folder, signed);

    expect(loadConfig(folder, collector.publicKey)).toEqual({ version: signed.version, config: someConfig(agent) });
  });

  it('is refused when one letter of it was changed on disk', () => {
    saveConfig(folder, signConfig(someConfig(agent), collector.privateKey));
    writeFileSync(path(), readFileSync(path(), 'utf8').replace('srv-1', 'srv-2'));

    expect(() => loadConfig(folder, collector.publicKey)).toThrow(
      expect.objectContaining({
        code: 'damaged-configuration',
        message: expect.stringContaining('its signature is not from the collector') as string,
      }),
    );
  });

  it.each([
    ['{', 'it is not JSON'],
    ['null', 'version, document or signature is missing'],
    ['{"version":"0123456789ab","document":{},"signature":"x"}', 'version, document or signature is missing'],
    ['{"version":"0123456789ab","document":"{}","signature":"x"}', 'its signature is not from the collector'],
  ])('is refused when the file holds %s', (content, reason) => {
    writeFileSync(path(), content);

    expect(() => loadConfig(folder, collector.publicKey)).toThrow(reason);
  });

  it('says what to do when there is none', () => {
    expect(() => loadConfig(folder, collector.publicKey)).toThrow(
      expect.objectContaining({ code: 'no-configuration', message: expect.stringContaining('Enrol again') as string }),
    );
  });
});

describe('configuration check', () => {
  const probe = {
    name: 'web',
    kind: 'tcp',
    layer: 'wan',
    host: '10.0.0.1',
    packetCount: 5,
    timeoutSeconds: 2,
  } as const;

  const router = {
    host: '10.1.0.1',
    reader: 'snmp',
    credential: 'routers',
    timeoutSeconds: 2,
    everySeconds: 60,
  } as const;

  it.each<[string, unknown, string | undefined]>([
    ['one with a router to read', someConfig(agent, { routers: [router] }), undefined],
    [
      'an unknown reader',
      someConfig(agent, { routers: [router, { ...router, reader: 'telnet' }] }),
      '/routers/1/reader: "telnet" is unknown; known: self, snmp',
    ],
    ['a good one', someConfig(agent, { probes: [probe] }), undefined],
    ['one for another agent', someConfig('b'.repeat(16)), '/agent: it is for agent bbbbbbbbbbbbbbbb, this one is'],
    ['an interval that drifts', { ...someConfig(agent), intervalSeconds: 7 }, '/intervalSeconds'],
    ['an unknown field', { ...someConfig(agent), intervl: 7 }, '/intervl: is not a known field'],
    [
      'a host that looks like an option',
      { ...someConfig(agent), probes: [{ ...probe, host: '-f' }] },
      '/probes/0/host',
    ],
    [
      'an unknown probe',
      someConfig(agent, { probes: [{ ...probe, kind: 'magic' }] }),
      '/probes/0/kind: "magic" is unknown',
    ],
    ['two probes of one name', someConfig(agent, { probes: [probe, probe] }), '/probes/1/name: "web" is there twice'],
    [
      'an unknown backup source',
      someConfig(agent, { backups: [{ dataset: 'simda', source: { kind: 'magic' } }] }),
      '/backups/0/source/kind: "magic" is unknown',
    ],
    [
      'a backup source without its setting',
      someConfig(agent, { backups: [{ dataset: 'simda', source: { kind: 'files' } }] }),
      '/backups/0/source',
    ],
  ])('of %s', async (_, config, problem) => {
    const found = await configProblem(JSON.stringify(config), agent);

    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });

  it('says the same from a child process', async () => {
    expect(await checkInChild(JSON.stringify(someConfig(agent)), { agent })).toBeUndefined();
    expect(await checkInChild('{', { agent })).toContain('it is not JSON');
  });

  it.each([
    ['hangs', 'setInterval(() => {}, 1000);'],
    ['crashes', 'throw new Error("broken");'],
    ['says something else', 'console.log("hello");'],
    ['never stops talking', 'const more = () => process.stdout.write("x".repeat(65536), more); more();'],
  ])('fails, for another try, when the child %s', async (_, script) => {
    const scriptPath = join(folder, 'child.mjs');
    writeFileSync(scriptPath, script);

    await expect(checkInChild('{}', { agent, scriptPath, timeoutMs: 1500 })).rejects.toMatchObject({
      code: 'check-failed',
      retryable: true,
    });
  });
});

describe('settings', () => {
  it('take the option before the variable before the default', () => {
    vi.stubEnv('PANTAU_AGENT_DATA', '/from/variable');
    expect(readSettings('/from/option').dataFolder).toBe('/from/option');
    expect(readSettings(undefined).dataFolder).toBe('/from/variable');
    vi.stubEnv('PANTAU_AGENT_DATA', '');
    expect(readSettings(undefined).dataFolder).toMatch(/pantau-agent$/);
  });
});
