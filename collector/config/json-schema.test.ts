import { Value } from 'typebox/value';
import { expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { defaultConfigText } from './default-config.ts';
import { configJsonSchema } from './json-schema.ts';

it('accepts a configuration in which every key with a default is left out', () => {
  const written: unknown = parseYaml(defaultConfigText('/srv/pantau'));

  expect(Value.Check(configJsonSchema(), written)).toBe(true);
});

it('still wants what has no default', () => {
  expect(configJsonSchema()['required']).toEqual(['pemda', 'regulations', 'perangkatDaerah']);
});

it('is plain JSON that tells editors what to write', () => {
  const text = JSON.stringify(configJsonSchema());

  expect(JSON.parse(text)).toEqual(configJsonSchema());
  expect(text).toContain('five-field cron; when a run is due');
});
