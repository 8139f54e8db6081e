import { expect, it } from 'vitest';
import { type Machine, needs } from './requirements.ts';

const machine: Machine = { isRoot: false, isLinux: true, isCi: false, path: '/bin:/usr/bin' };

it('says yes when everything is there', () => {
  expect(needs({ linux: true, tools: ['sh'] }, machine)).toEqual({ ok: true, reason: '' });
});

it('names everything that is missing', () => {
  expect(needs({ root: true, tools: ['sh', 'no-such-tool'] }, machine)).toEqual({
    ok: false,
    reason: '(skipped: needs root, no-such-tool)',
  });
});

it('names the system when it is another one', () => {
  expect(needs({ linux: true }, { ...machine, isLinux: false }).reason).toBe('(skipped: needs Linux)');
});

it('turns the skip into a failure when CI=true', () => {
  expect(() => needs({ tools: ['no-such-tool'] }, { ...machine, isCi: true })).toThrow(
    'CI=true allows no skipped test, and this one needs no-such-tool.',
  );
});
