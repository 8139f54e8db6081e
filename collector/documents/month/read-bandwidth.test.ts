import { expect, it } from 'vitest';
import { testConfig } from '../../../test/kit/judging-bench.ts';
import { emptyTrafficHour } from '../../facts/traffic-hour.ts';
import type { RegisterEntry } from '../../obligations/register-view.ts';
import type { MonthView } from './month-view.ts';
import { readBandwidth } from './read-bandwidth.ts';

const fromMs = Date.parse('2026-10-01T00:00:00+07:00');
const untilMs = Date.parse('2026-11-01T00:00:00+07:00');

function approval(id: string, from: string, downMbps: number): RegisterEntry {
  const values = { site: 'kantor', downMbps, upMbps: downMbps, number: id, from };
  const reference = { register: 'bandwidth-approval', entry: id, revision: 1 };
  return { id, pd: 'dinkes', values, attachments: [], enteredAtMs: untilMs, enteredBy: 'admin', reference };
}

it('compares with the approval of the register that was valid when the month ended, not with a later one', () => {
  const hour = { ...emptyTrafficHour(), coveredMs: emptyTrafficHour().coveredMs.map(() => 300_000) };
  const place = { pd: 'dinkes', site: 'kantor', agentKey: 1, interface: 'wan', revision: 0, restatedAtMs: undefined };
  const entries = [approval('A', '2026-10-15', 80), approval('B', '2026-11-01', 8)];
  const view = {
    config: testConfig(),
    source: { trafficOf: () => [{ ...place, startsAtMs: fromMs, hour }] },
    registers: { entries: (name: string) => (name === 'bandwidth-approval' ? entries : []) },
    month: { name: '2026-10', fromMs, untilMs },
    days: [],
  };

  expect(readBandwidth(view as unknown as MonthView, 'dinkes')).toMatchObject([
    { site: 'kantor', approvedDown: 10_000_000, approvedUp: 10_000_000 },
  ]);
});
