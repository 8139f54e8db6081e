import { expect, it } from 'vitest';
import { createSimulatedAgent } from '../simulation/simulated-agent.ts';
import { expositionText, importLines, samplesOf, timedExpositionText } from './report-facts.ts';

const agent = createSimulatedAgent({ seed: 1, intervalSeconds: 60, pd: 'dinkes', node: 'srv' });
const report = agent.report({ takenAtMs: Date.parse('2026-11-22T03:00:00Z'), seq: 7 });
const samples = samplesOf(report, { node: 'srv' });

it('finds the forty numbers of a typical report, each once', () => {
  expect(samples).toHaveLength(39);
  expect(new Set(expositionText(samples).split('\n')).size).toBe(40);
  expect(samples).toContainEqual({
    name: 'pantau_interface_receive_bytes',
    labels: { node: 'srv', interface: 'ens18' },
    value: report.interfaces?.[0]?.receiveBytes,
  });
  expect(samples).toContainEqual({
    name: 'pantau_probe_up',
    labels: { node: 'srv', probe: 'lan', layer: 'lan' },
    value: 1,
  });
});

const few = [{ name: 'a', labels: { node: 'srv' }, value: 2 }];

it('writes samples as Prometheus text, with times when they are history', () => {
  expect(expositionText(few)).toBe('a{node="srv"} 2\n');
  expect(timedExpositionText([{ atMs: 5, samples: few }])).toBe('a{node="srv"} 2 5\n');
});

it('gathers the values of a series into one line of JSON', () => {
  const lines = importLines([
    { atMs: 5, samples: few },
    { atMs: 6, samples: few },
  ]);
  expect(lines).toBe('{"metric":{"__name__":"a","node":"srv"},"values":[2,2],"timestamps":[5,6]}\n');
});
