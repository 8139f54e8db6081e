import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineMask } from './mask-lines.ts';

const mask = createLineMask();

describe('a line that a command wrote', () => {
  it.each([
    ['password=rahasia1', 'password=***'],
    ['"password": "rahasia 1", "user": "budi"', '"password": ***, "user": "budi"'],
    ["DB_PASSWD='rahasia 1' next", 'DB_PASSWD=*** next'],
    ['password="rahasia1', 'password=***'],
    ['password=a,b;c&d', 'password=***'],
    ['spring.password.value = rahasia1', 'spring.password.value = ***'],
    ['Kata sandi: rahasia1', 'Kata sandi: ***'],
    ['export AWS_SECRET_ACCESS_KEY=abc/def+1', 'export AWS_SECRET_ACCESS_KEY=***'],
    ['restic --password rahasia1 backup', 'restic --password *** backup'],
    ['tool --db-password "rahasia 1" x', 'tool --db-password *** x'],
    ['restic --password-file /etc/restic backup', 'restic --password-file /etc/restic backup'],
    ['+ mysqldump -u root -prahasia1 simda', '+ mysqldump -u root -p*** simda'],
    ['sshpass -p rahasia1 ssh vault', 'sshpass -p *** ssh vault'],
    ['curl -u budi:rahasia1 https://x', 'curl -u budi:*** https://x'],
    ['open rest:https://budi:ra@hasia@vault/x', 'open rest:https://***@vault/x'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer ***'],
    ['jwt eyJhbGciOi.eyJzdWIiOiIx.c2ln end', 'jwt *** end'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key *** used'],
    ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7', '***'],
    ['snapshot 1a40fa42 saved', 'snapshot 1a40fa42 saved'],
    [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ],
    ['Using Healthchecks ping URL http://c:8420/ping/07c2/start', 'Using Healthchecks ping URL http://c:8420/ping/***'],
    ['GET http://c/api/push/07c2f548?status=up failed', 'GET http://c/api/push/***?status=up failed'],
    ['GET https://blob.example/x?sv=1&sig=abc%3D&x=2', 'GET https://blob.example/x?sv=1&sig=***&x=2'],
    [
      'tar: /srv/passwords.txt: Cannot open: Permission denied',
      'tar: /srv/passwords.txt: Cannot open: Permission denied',
    ],
    ['Fatal: wrong password or no key found', 'Fatal: wrong password or no key found'],
    ['rsync: user@vault::simda/ -p kept', 'rsync: user@vault::simda/ -p kept'],
  ])('%s', (line, shown) => {
    expect(mask(line)).toBe(shown);
  });

  it('shows no secret that is known, wherever it stands', () => {
    const secret = fc.string({ minLength: 4, maxLength: 20, unit: fc.constantFrom('K', 'u', '1', '*', '$', '.') });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (known, before, after) => {
        fc.pre(!known.includes('***') && !'***'.includes(known));
        const shown = createLineMask([known])(`${before}${known}${after}`);
        expect(shown.includes(known) && !`${before}***${after}`.includes(known)).toBe(false);
      }),
    );
  });

  it('costs little, whatever it is', () => {
    const pieces = ['a', 'a.', '-', '--a-', 'password', 'x:', '"', "'", ' -p', '://', 'a://', '@', '\\', '=', 'mysql'];
    const worst = fc.constantFrom(...pieces, 'sk-', '?sig', '&', '/ping/', 'eyJ', 'bearer ', ' ');
    fc.assert(
      fc.property(fc.array(worst, { minLength: 1, maxLength: 6 }), (parts) => {
        const line = parts.join('').repeat(4096).slice(0, 4096);
        const startedAtMs = performance.now();
        mask(line);
        expect(performance.now() - startedAtMs).toBeLessThan(200);
      }),
      { numRuns: 300 },
    );
  });
});
