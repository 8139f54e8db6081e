import { describe, expect, it } from 'vitest';
import { minimal, messageFor, site, withMore } from '../bad-config.test-kit.ts';

const window = (settings: string) => `maintenance: [{ reason: r, ${settings} }]\n`;
const time = 'from: 2026-12-01T22:00, until: 2026-12-02T02:00';
const withSite = (settings: string) => messageFor(minimal + site('name: A') + window(settings));

describe('planned work', () => {
  it.each([
    ['once', time],
    ['with seconds', 'from: 2026-12-01T22:00:30, until: 2026-12-01T22:00:31'],
    ['again and again', 'schedule: "0 22 * * 5", duration: 4h'],
    ['for a department', `${time}, pd: diskominfo`],
    ['every hour', 'schedule: "0 * * * *", duration: 59m'],
  ])('may be %s', (_, settings) => {
    expect(withMore(window(settings))).toBe('accepted');
  });

  it('may be for a site', () => {
    expect(withSite(`${time}, pd: diskominfo, site: a`)).toBe('accepted');
  });

  it.each([
    ['no time', 'pd: diskominfo', 'has no time; add from and until, or schedule and duration.'],
    [
      'no end',
      'from: 2026-12-01T22:00',
      ".until is missing; add it (when it ends, in the Pemda's zone, say 2026-12-02T02:00).",
    ],
    [
      'no beginning',
      'until: 2026-12-01T22:00',
      ".from is missing; add it (when it begins, in the Pemda's zone, say 2026-12-01T22:00).",
    ],
    ['no length', 'schedule: "0 22 * * 5"', '.duration is missing; add it (how long it takes, say 4h).'],
    [
      'no schedule',
      'duration: 4h',
      '.schedule is missing; add it (when it begins, say "0 22 * * 5" for Fridays at 22:00).',
    ],
    ['two kinds of time', `${time}, duration: 4h`, '.duration is there beside from; keep one of them.'],
    [
      'a day that does not exist',
      'from: 2026-02-30T22:00, until: 2026-12-02T02:00',
      '.from "2026-02-30T22:00" is not in the calendar; write a local time such as 2026-12-01T22:00.',
    ],
    [
      'an hour that does not exist',
      'from: 2026-02-20T22:00, until: 2026-12-02T25:00',
      '.until "2026-12-02T25:00" is not in the calendar; write a local time such as 2026-12-01T22:00.',
    ],
    [
      'an end that is not after the beginning',
      'from: 2026-12-01T22:00, until: 2026-12-01T22:00',
      '.until "2026-12-01T22:00" is not after from; write when the work ends.',
    ],
    [
      'a schedule of three fields',
      'schedule: "0 1 *", duration: 1h',
      '.schedule "0 1 *" must have five fields: minute hour day month weekday; Fridays at 22:00 is "0 22 * * 5".',
    ],
    [
      'a schedule without rest',
      'schedule: "*/30 * * * *", duration: 1m',
      '.schedule "*/30 * * * *" begins more than once an hour; let planned work begin less often.',
    ],
    [
      'a length without rest',
      'schedule: "0 0 * * *", duration: 24h',
      '.duration "24h" lasts until the next beginning; make it shorter, or the schedule rarer.',
    ],
    [
      'an unknown department',
      `${time}, pd: dinkes`,
      '.pd "dinkes" is no department in perangkatDaerah; known here: diskominfo.',
    ],
    ['a site without a department', `${time}, site: a`, '.site is there without a department; add pd.'],
    ['an unknown site', `${time}, pd: diskominfo, site: b`, '.site "b" is no site of diskominfo; did you mean "a"?'],
  ])('is refused with %s', (_, settings, message) => {
    const [place, ...rest] = withSite(settings).split(' ');

    expect(place).toMatch(/^pantau\.yaml:9:\d+$/);
    expect(rest.join(' ')).toBe(`maintenance[0]${message.startsWith('.') ? message : ` ${message}`}`);
  });
});
