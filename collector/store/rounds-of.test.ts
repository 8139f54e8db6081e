import { describe, expect, it } from 'vitest';
import { probe, testAgent } from '../../test/kit/test-agent.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import { roundsOf } from './rounds-of.ts';

const takenAtMs = Date.parse('2026-11-22T03:00:00.400Z');
const source = { pd: 'dinkes', site: 'kantor', isVantage: false, takenAtMs, receivedAtMs: takenAtMs + 900, body: 7 };

function placedOf(probes: ReportProbe[], isVantage = false) {
  const report = testAgent().report(takenAtMs, { probes });
  return roundsOf(report, { ...source, isVantage });
}

describe('what counts for the availability of a link', () => {
  it('is each round, with what it found and for how long it speaks', () => {
    expect(placedOf([probe('up', { roundTripSeconds: 0.002 })])).toEqual([
      {
        place: { pd: 'dinkes', site: 'kantor', layer: 'wan' },
        probe: 'wan',
        round: {
          atSecond: Math.round(takenAtMs / 1000),
          state: 'up',
          coverSeconds: 90,
          sentCount: 5,
          receivedCount: 5,
          roundTripSeconds: 0.002,
          receivedAtMs: takenAtMs + 900,
          body: 7,
        },
      },
    ]);
  });

  it('is not the way to a target, nor a server behind the router', () => {
    expect(placedOf([probe('up', { kind: 'path' }), probe('down', { name: 'server', node: 'server-1' })])).toEqual([]);
  });

  it('takes the interval of the probe where it has one of its own', () => {
    expect(placedOf([probe('up', { everySeconds: 301 })])[0]?.round.coverSeconds).toBe(451);
  });

  it('is about another site only from the Pusat Data', () => {
    const elsewhere = [probe('up', { pd: 'dinsos', site: 'gudang' })];

    expect(placedOf(elsewhere, true)[0]?.place).toEqual({ pd: 'dinsos', site: 'gudang', layer: 'wan' });
    expect(placedOf(elsewhere, false)[0]?.place).toEqual({ pd: 'dinkes', site: 'kantor', layer: 'wan' });
  });

  it('is an earlier round an interval before, when it came late with the next', () => {
    const rounds = placedOf([probe('down'), probe('up', { name: 'lan' }), probe('up')]).map((each) => [
      each.probe,
      each.round.state,
      each.round.atSecond - Math.round(takenAtMs / 1000),
    ]);

    expect(rounds).toEqual([
      ['wan', 'up', 0],
      ['lan', 'up', 0],
      ['wan', 'down', -60],
    ]);
  });
});
