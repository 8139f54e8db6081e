import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scenarios } from './scenarios/registry.ts';
import { readSimulateArguments, simulateUsage } from './simulate-arguments.ts';

describe('the arguments of simulate', () => {
  it('default to forty agents in the scenario kabupaten with a collector of its own', () => {
    expect(readSimulateArguments([])).toMatchObject({
      agentCount: 40,
      scenario: { name: 'kabupaten' },
      url: undefined,
    });
  });

  it.each([
    [['--agents', '0'], '--agents "0" must be a whole number from 1 to 20000.'],
    [['--agents', '20001'], '--agents "20001" must be a whole number from 1 to 20000.'],
    [['--agents', '4e1'], '--agents "4e1" must be a whole number from 1 to 20000.'],
    [['--scenario', 'storm'], '--scenario "storm" must be one of kabupaten, lengkap, steady, reconnect, outage.'],
    [['--interval', '7'], '--interval "7" must be one of 1, 2, 3, 5, 10,'],
    [['--duration', '-1'], "Option '--duration' argument is ambiguous."],
    [['--url', 'http://127.0.0.1:8420'], '--url needs --data as well'],
    [
      ['--url', 'http://example.go.id', '--data', 'd'],
      '--url "http://example.go.id" must be a collector on this machine',
    ],
    [['--config', 'x.yaml'], '--config goes together with --url.'],
    [['--departments', '901'], '--departments "901" must be a whole number from 1 to 900.'],
    [['--port', '65536'], '--port "65536" must be a whole number from 1 to 65535.'],
    [
      ['--url', 'http://127.0.0.1:8420', '--data', 'd', '--port', '8421'],
      "--port is for a collector of the simulation's own",
    ],
    [['--remote-write', 'http://127.0.0.1:9090/api/v1/write'], '--remote-write is for the scenario lengkap'],
    [
      ['--scenario', 'lengkap', '--remote-write', 'http://192.0.2.1/api/v1/write'],
      '--remote-write "http://192.0.2.1/api/v1/write" must be a receiver on this machine',
    ],
    [['--wat'], "Unknown option '--wat'"],
  ])('refuse %j and say why', (args, sentence) => {
    expect(() => readSimulateArguments(args)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => readSimulateArguments(args)).toThrow(sentence);
  });

  it('name every scenario in the help, and every file of the folder is a scenario of that name', () => {
    const files = readdirSync(new URL('scenarios', import.meta.url)).filter((file) => file !== 'registry.ts');
    expect(scenarios.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
    for (const { name, docs } of scenarios) expect(simulateUsage()).toMatch(new RegExp(`^  ${name} +${docs}$`, 'm'));
  });
});
