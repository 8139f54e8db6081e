import { describe, expect, it } from 'vitest';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { DueTargets } from './due-targets.ts';

const target = (name: string, everySeconds?: number): ProbeConfig => ({
  name,
  kind: 'icmp',
  layer: 'wan',
  host: '10.1.1.1',
  packetCount: 1,
  timeoutSeconds: 1,
  ...(everySeconds === undefined ? {} : { everySeconds }),
});

describe('due targets', () => {
  it('are all of them in the first round, then those whose time has come, even if a round begins a little early', () => {
    const due = new DueTargets();
    const targets = [target('always'), target('rare', 300)];
    const namesAt = (seconds: number) => due.take(targets, 60, seconds * 1000).due.map(({ name }) => name);
    expect([0, 60, 120, 180, 240, 299, 359, 540, 600].map(namesAt)).toEqual([
      ['always', 'rare'],
      ['always'],
      ['always'],
      ['always'],
      ['always'],
      ['always', 'rare'],
      ['always'],
      ['always'],
      ['always', 'rare'],
    ]);
  });

  it('say which rest', () => {
    const due = new DueTargets();
    due.take([target('rare', 300)], 60, 0);
    expect(due.take([target('rare', 300), target('always')], 60, 60_000)).toMatchObject({
      due: [{ name: 'always' }],
      resting: [{ name: 'rare' }],
    });
  });

  it('tell the rhythm that they really have: whole rounds, at most a day, none where it is each round', () => {
    const rhythmOf = (everySeconds: number | undefined, intervalSeconds: number) =>
      new DueTargets().take([target('x', everySeconds)], intervalSeconds, 0).due[0]?.everySeconds;
    expect(rhythmOf(undefined, 60)).toBeUndefined();
    expect(rhythmOf(30, 60)).toBeUndefined();
    expect(rhythmOf(60, 60)).toBeUndefined();
    expect(rhythmOf(90, 60)).toBe(120);
    expect(rhythmOf(900, 60)).toBe(900);
    expect(rhythmOf(86_400, 3600)).toBe(86_400);
    expect(rhythmOf(86_399, 7000)).toBe(86_400);
  });

  it('are probed at once when another host stands under their name, and when they come back', () => {
    const due = new DueTargets();
    due.take([target('rare', 300)], 60, 0);
    expect(due.take([{ ...target('rare', 300), host: '10.1.1.2' }], 60, 60_000).due).toHaveLength(1);
    expect(due.take([target('rare', 300)], 60, 120_000).due).toHaveLength(1);
  });
});
