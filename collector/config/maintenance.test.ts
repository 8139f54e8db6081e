import { describe, expect, it } from 'vitest';
import { maintenanceAt, maintenanceSpans, nextMaintenanceChangeMs } from './maintenance.ts';

const at = (text: string) => Date.parse(`2026-11-${text}+07:00`);
const timezone = 'Asia/Jakarta';
const upgrade = { reason: 'upgrade', from: '2026-11-20T22:00', until: '2026-11-21T02:00' };
// Fridays at 22:00; the 20th is one.
const fridays = { reason: 'fridays', schedule: '0 22 * * 5', duration: '4h' };
const site = { pd: 'dinkes', site: 'kantor' };

describe('planned work', () => {
  it.each([
    ['20T21:59:59', undefined],
    ['20T22:00:00', { reason: 'upgrade', untilMs: at('21T02:00:00') }],
    ['21T01:59:59', { reason: 'upgrade', untilMs: at('21T02:00:00') }],
    ['21T02:00:00', undefined],
  ])("that is done once holds in the Pemda's zone: %s", (text, expected) => {
    expect(maintenanceAt({ timezone, maintenance: [upgrade] }, site, at(text))).toEqual(expected);
  });

  it.each([
    ['20T21:59:59', undefined],
    ['20T22:00:00', { reason: 'fridays', untilMs: at('21T02:00:00') }],
    ['21T01:59:59', { reason: 'fridays', untilMs: at('21T02:00:00') }],
    ['21T02:00:00', undefined],
    ['27T23:00:00', { reason: 'fridays', untilMs: at('28T02:00:00') }],
  ])('that is done again and again holds each time: %s', (text, expected) => {
    expect(maintenanceAt({ timezone, maintenance: [fridays] }, site, at(text))).toEqual(expected);
  });

  it.each([
    ['the whole Pemda', {}, [true, true, true, true]],
    ['a department', { pd: 'dinkes' }, [true, true, false, false]],
    ['a site', { pd: 'dinkes', site: 'kantor' }, [true, false, false, false]],
  ])('on %s is work on what belongs to it', (_, where, expected) => {
    const config = { timezone, maintenance: [{ ...upgrade, ...where }] };
    const places = [site, { pd: 'dinkes' }, { pd: 'dinsos', site: 'kantor' }, {}];

    expect(places.map((place) => maintenanceAt(config, place, at('20T23:00:00')) !== undefined)).toEqual(expected);
  });

  it('of several entries lasts until the last of them ends', () => {
    const longer = { ...upgrade, reason: 'longer', until: '2026-11-21T03:00' };

    expect(maintenanceAt({ timezone, maintenance: [longer, upgrade, fridays] }, site, at('20T23:00:00'))).toEqual({
      reason: 'longer',
      untilMs: at('21T03:00:00'),
    });
  });

  it('is cut at the ends of a period, and joined where it overlaps or touches', () => {
    const after = { reason: 'after', from: '2026-11-21T02:00', until: '2026-11-21T03:00' };
    const config = { timezone, maintenance: [after, fridays, upgrade] };

    expect(maintenanceSpans(config, site, at('20T23:00:00'), at('28T01:00:00'))).toEqual([
      { fromMs: at('20T23:00:00'), untilMs: at('21T03:00:00'), reason: 'fridays' },
      { fromMs: at('27T22:00:00'), untilMs: at('28T01:00:00'), reason: 'fridays' },
    ]);
    expect(maintenanceSpans(config, site, at('21T03:00:00'), at('27T22:00:00'))).toEqual([]);
  });

  it('finds beginnings long before the period, and for years', () => {
    const monthly = { reason: 'monthly', schedule: '0 0 1 * *', duration: '25d' };
    const config = { timezone, maintenance: [monthly] };

    expect(maintenanceAt(config, site, at('25T23:59:59'))).toEqual({ reason: 'monthly', untilMs: at('26T00:00:00') });
    expect(maintenanceAt(config, site, at('26T00:00:00'))).toBeUndefined();
    expect(maintenanceSpans(config, site, at('01T00:00:00') - 365 * 86_400_000, at('01T00:00:00'))).toHaveLength(12);
  });

  it('changes next where it begins or ends', () => {
    const config = { timezone, maintenance: [upgrade, { ...fridays, duration: '1h' }] };
    const changes: (number | undefined)[] = [];
    for (let atMs: number | undefined = at('20T00:00:00'); changes.length < 5 && atMs !== undefined;) {
      atMs = nextMaintenanceChangeMs(config, site, atMs);
      changes.push(atMs);
    }

    const expected = ['20T22:00:00', '20T23:00:00', '21T02:00:00', '27T22:00:00', '27T23:00:00'].map(at);
    expect(changes).toEqual(expected);
    expect(nextMaintenanceChangeMs({ timezone, maintenance: [upgrade] }, site, at('21T02:00:00'))).toBeUndefined();
  });
});
