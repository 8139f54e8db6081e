import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMask } from './mask-secrets.ts';

const mask = createMask();

describe('masking', () => {
  it.each([
    ['rest:https://dinkes:p4ss@vault:8000/x', 'rest:https://***@vault:8000/x'],
    ['Head "http://u:***@127.0.0.1:1/x"', 'Head "http://***@127.0.0.1:1/x"'],
    ['sftp://backup@host//srv', 'sftp://backup@host//srv'],
    ['ssh://backup@host:22/srv/a@b', 'ssh://backup@host:22/srv/a@b'],
    ['http://u:p@ss@host/', 'http://***@host/'],
    ['https://blob.example/x?sv=1&sig=abc%3D&x=2', 'https://blob.example/x?sv=1&sig=***&x=2'],
    ['a https://u:p@h/ b https://v:q@i/ c', 'a https://***@h/ b https://***@i/ c'],
    ['sftp:backup@vault:/srv/restic', 'sftp:backup@vault:/srv/restic'],
  ])('of %s gives %s', (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it('takes out known secrets, the longer before the shorter that it holds', () => {
    expect(createMask(['rahasia', 'rahasia-dinas', 'abc'])('rahasia-dinas, rahasia, abc')).toBe('***, ***, abc');
  });

  it('never leaves a known secret', () => {
    const secret = fc.string({ minLength: 4 }).filter((text) => !'***'.includes(text) && !text.includes('*'));
    fc.assert(
      fc.property(fc.array(secret), fc.array(fc.string()), (secrets, others) => {
        const masked = createMask(secrets)(secrets.flatMap((one, index) => [others[index] ?? '', one]).join(' '));
        expect(secrets.filter((one) => masked.includes(one))).toEqual([]);
      }),
    );
  });
});
