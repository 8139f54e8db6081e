import { expect, it } from 'vitest';
import { knownNames } from '../../cli/known-names.ts';
import { withMore } from '../bad-config.test-kit.ts';

const duty = 'lebong-19-1-pencadangan-berkala';
const params = (settings: string) =>
  withMore(`obligations: { ${duty}: { params: { ${settings} } } }\n`).replace(/^pantau\.yaml:\d+:\d+ /, '');

it('refuses a parameter that the rule of the duty does not have', () => {
  expect(params('xyz: 1')).toBe(
    `obligations.${duty}.params.xyz is no parameter of this duty; known here: sizeLowRatio, clockToleranceSeconds.`,
  );
  expect(params('sizeLowRato: 1')).toBe(
    `obligations.${duty}.params.sizeLowRato is no parameter of this duty; did you mean "sizeLowRatio"?`,
  );
});

it('refuses a text where the rule works with a number', () => {
  expect(params('sizeLowRatio: "80%"')).toBe(
    `obligations.${duty}.params.sizeLowRatio must be a number, and this is text.`,
  );
});

it('refuses one that the law sets itself, and says where', () => {
  expect(params('clockToleranceSeconds: 1')).toBe(
    `obligations.${duty}.params.clockToleranceSeconds is set by the law itself, Pasal 19 ayat (1); take it out.`,
  );
});

it('accepts those that there are, also of what is judged of areas beside it', () => {
  expect(params('sizeLowRatio: 0.7')).toBe('accepted');
  const ofWan = Object.entries(knownNames.params).find(([, known]) => 'fiberSlowSeconds' in known)?.[1];
  expect(ofWan).toMatchObject({ fiberSlowSeconds: 'number', areaSites: 'number' });
});
