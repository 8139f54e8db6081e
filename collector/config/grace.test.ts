import { expect, it } from 'vitest';
import { resolveGrace } from './grace.ts';

it('says that six hours are a default of the application', () => {
  expect(resolveGrace({})).toEqual({ seconds: 21_600, origin: 'application-default' });
});

it('says that the configuration chose, also when it chose the same', () => {
  expect(resolveGrace({ grace: '6h' })).toEqual({ seconds: 21_600, origin: 'configuration' });
  expect(resolveGrace({ grace: '90m' })).toEqual({ seconds: 5400, origin: 'configuration' });
});
