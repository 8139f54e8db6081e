import { describe, expect, it } from 'vitest';
import { n, withMore } from '../bad-config.test-kit.ts';

const uuid = '07c2f548-9850-4b27-af5d-6c9dc157ec02';
const heartbeat = (settings: string) => `    datasets: [{ id: a, source: { kind: heartbeat, ${settings} } }]\n`;
const badUuid =
  'is not the address of a check; copy the UUID at the end of its ping URL in lower case, ' +
  'or take uuid out to get an address from "pantau-collector ping-url".';

describe('a heartbeat in the configuration', () => {
  it.each([
    ['nothing more than its kind', '    datasets: [{ id: a, source: { kind: heartbeat } }]\n'],
    ['an address from elsewhere', heartbeat(`uuid: ${uuid}`)],
  ])('may have %s', (_, more) => {
    expect(withMore(more)).toBe('accepted');
  });

  it.each([
    ['in capitals', uuid.toUpperCase()],
    ['without dashes', uuid.replaceAll('-', '')],
    ['a whole URL', `https://hc-ping.com/${uuid}`],
    ['a number', '12'],
    ['one that was not made at random', '00000000-0000-0000-0000-000000000001'],
    ['empty', '""'],
  ])('is refused with an address that is %s, without repeating it', (_, value) => {
    const message = withMore(heartbeat(`uuid: ${value}`));

    expect(message).toBe(`pantau.yaml:${n}:58 perangkatDaerah[0].datasets[0].source.uuid ${badUuid}`);
  });

  it('is refused with a setting that it does not know', () => {
    expect(withMore(heartbeat(`uid: ${uuid}`))).toBe(
      `pantau.yaml:${n}:52 perangkatDaerah[0].datasets[0].source.uid is no setting of a heartbeat, which knows only uuid.`,
    );
  });

  it('is refused when two datasets have one address', () => {
    const department = `    datasets: [{ id: a, source: { kind: heartbeat, uuid: ${uuid} } }]\n`;
    const second = `  - id: dinkes\n    name: Dinas Kesehatan\n${department}`;

    expect(withMore(department + second)).toBe(
      `pantau.yaml:${n + 3}:58 perangkatDaerah[1].datasets[0].source.uuid is the address of diskominfo/a too; give each dataset its own.`,
    );
  });
});
