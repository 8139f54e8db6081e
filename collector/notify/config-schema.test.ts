import { readdirSync } from 'node:fs';
import Value from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { channelProblems } from './channel-problems.ts';
import { ChannelConfigSchema } from './config-schema.ts';
import { type ChannelConfig, channelOfKind, channels } from './registry.ts';

describe('the registry of channels', () => {
  it('names each channel like its file, with a contract test beside it', () => {
    const files = readdirSync(import.meta.dirname);

    for (const { kind } of channels) expect(files).toEqual(expect.arrayContaining([`${kind}.ts`, `${kind}.test.ts`]));
  });

  it('finds a channel by its kind and knows no other', () => {
    for (const channel of channels) expect(channelOfKind(channel.kind)).toBe(channel);
    expect(() => channelOfKind('pigeon')).toThrow('there is no channel of kind "pigeon"');
  });
});

describe('ChannelConfigSchema', () => {
  it('fills in the defaults of the kind', () => {
    expect(
      Value.Default(ChannelConfigSchema, {
        id: 'surel',
        kind: 'email',
        smtp: { host: 'mail.lebong.example' },
        from: 'pantau@lebong.example',
        to: ['noc@lebong.example'],
      }),
    ).toEqual({
      id: 'surel',
      kind: 'email',
      smtp: {
        host: 'mail.lebong.example',
        port: 587,
        secure: false,
        startTls: 'opportunistic',
        rejectUnauthorized: true,
      },
      from: 'pantau@lebong.example',
      to: ['noc@lebong.example'],
      timeout: '15s',
    });
    expect(Value.Default(ChannelConfigSchema, { id: 'a', kind: 'webhook', url: 'https://x.example/' })).toEqual({
      id: 'a',
      kind: 'webhook',
      url: 'https://x.example/',
      bodyFormat: 'json',
      timeout: '15s',
    });
  });

  it.each([
    { kind: 'pigeon' },
    { id: 'Upper' },
    { url: 'ftp://x.example' },
    { url: { file: 'a\nb' } },
    { headers: { 'bad name': 'x' } },
    { headers: { good: 'line\r\nbreak' } },
    { bodyTemplate: { text: { nested: '{{text}}' } } },
    { timeout: '0s' },
    { timeout: '121s' },
    { timeout: '1m' },
    { token: 'surprise' },
  ])('refuses %j', (changes) => {
    const good = { id: 'a', kind: 'webhook', url: 'https://x.example/', bodyFormat: 'json', timeout: '120s' };

    expect(Value.Check(ChannelConfigSchema, good)).toBe(true);
    expect(Value.Check(ChannelConfigSchema, { ...good, ...changes })).toBe(false);
  });
});

describe('channelProblems', () => {
  it('names the entry and what is wrong with it', () => {
    const good: ChannelConfig = {
      id: 'a',
      kind: 'webhook',
      url: 'https://x.example/',
      bodyFormat: 'json',
      timeout: '1s',
    };

    expect(channelProblems([good])).toEqual([]);
    expect(channelProblems([good, good, { ...good, id: 'b', bodyFormat: 'form' }])).toEqual([
      { field: 'notify/1/id', message: 'the id "a" is used twice; give each channel its own' },
      { field: 'notify/2', message: 'bodyFormat form needs a bodyTemplate that names the fields of the form' },
    ]);
  });
});
