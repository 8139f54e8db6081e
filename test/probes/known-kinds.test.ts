import { expect, it } from 'vitest';
import { probes } from '../../agent/probes/registry.ts';
import { probeKinds } from '../../shared/probe-kinds.ts';

it('a target in pantau.yaml may be of every kind that an agent can probe, and of no other', () => {
  expect([...probeKinds].toSorted()).toEqual(probes.map(({ kind }) => kind).toSorted());
});
