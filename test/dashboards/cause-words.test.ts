import { expect, it } from 'vitest';
import { rules } from '../../collector/obligations/rules/registry.ts';
import { causeNames } from '../../dashboards/panels/cause-words.ts';

const named = new Map(causeNames);

it('has a word for everything that is wrong enough for a headline', () => {
  const headlined = rules.flatMap(({ headlines }) => Object.keys(headlines ?? {}));

  expect(headlined.length).toBeGreaterThan(20);
  expect(headlined.filter((code) => !named.has(code))).toEqual([]);
});

it('has no word for what no rule says, nor two for one', () => {
  const said = new Set(rules.flatMap(({ reasons }) => Object.keys(reasons)));
  // What breaks as the reports tell after recovery (collector/incidents/cause-words.ts).
  const settled = new Set(['power', 'wan', 'lan', 'server', 'agent', 'backbone', 'pusat-data-uplink']);

  expect(causeNames.map(([code]) => code).filter((code) => !said.has(code) && !settled.has(code))).toEqual([]);
  expect(named.size).toBe(causeNames.length);
});
