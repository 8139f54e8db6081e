import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEnvironment } from './environment-file.ts';

const all = /./;
const parse = (text: string, passes = all) => parseEnvironment(text, passes);

describe('an environment file', () => {
  it('is read as systemd and shells write it', () => {
    const text = [
      '\uFEFF# comment',
      '',
      '; comment',
      'RESTIC_REPOSITORY=/srv/restic',
      "  export AWS_ACCESS_KEY_ID='AKIA X'  ",
      'AWS_SECRET_ACCESS_KEY="a=b\'c"',
      'EMPTY=',
      'NOT_EXPANDED=$HOME/`x`',
    ];
    expect(parse(text.join('\r\n'))).toEqual({
      variables: {
        RESTIC_REPOSITORY: '/srv/restic',
        AWS_ACCESS_KEY_ID: 'AKIA X',
        AWS_SECRET_ACCESS_KEY: "a=b'c",
        EMPTY: '',
        NOT_EXPANDED: '$HOME/`x`',
      },
      badLine: undefined,
    });
  });

  it('lets through only what the tool has a use for', () => {
    expect(parse('LD_PRELOAD=/x\nPATH=/y\nBORG_RSH=ssh', /^BORG_/).variables).toEqual({ BORG_RSH: 'ssh' });
  });

  it.each([
    { name: 'no equals sign', text: 'A=1\nsource /etc/other', badLine: 2 },
    { name: 'a name that is none', text: '1A=x', badLine: 1 },
    { name: 'a quote that is not closed', text: 'A="x', badLine: 1 },
    { name: 'a lone quote', text: "A='", badLine: 1 },
    { name: 'a zero byte', text: 'A=1\nB=\0', badLine: 2 },
    { name: 'too many variables', text: Array.from({ length: 300 }, (_, i) => `A${i}=x`).join('\n'), badLine: 257 },
  ])('with $name is refused at that line', ({ text, badLine }) => {
    expect(parse(text).badLine).toBe(badLine);
  });

  it('gives back what was written, in quotes', () => {
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,20}$/);
    const value = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/["\0\n\r]/g, ''));
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (variables) => {
        const text = Object.entries(variables).map(([key, one]) => `${key}="${one}"`);
        expect(parse(text.join('\n'))).toEqual({ variables, badLine: undefined });
      }),
    );
  });

  it('never throws, whatever it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)));
  });
});
