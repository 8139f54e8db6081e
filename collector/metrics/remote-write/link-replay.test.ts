import { expect, it } from 'vitest';
import { probe, testAgent } from '../../../test/kit/test-agent.ts';
import { type LinkSteps, replayRounds } from './link-replay.ts';

it('remembers the links that were heard of last, however many names an agent thinks of', () => {
  const agent = testAgent();
  const steps: LinkSteps = new Map();
  for (let report = 0; report < 100; report += 1) {
    const made = Array.from({ length: 1000 }, (_, index) => probe('up', { name: `probe-${report}-${index}` }));
    replayRounds(agent.report(report, { probes: [probe('down', { name: 'kept' }), ...made] }), report, steps);
  }

  expect(steps.size).toBeLessThanOrEqual(2048);
  expect(steps.get('kept')).toMatchObject({ state: 'down' });
  expect(steps.has('probe-99-999')).toBe(true);
});
