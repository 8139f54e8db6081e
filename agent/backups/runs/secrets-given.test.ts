import { describe, expect, it } from 'vitest';
import { secretsGiven } from './secrets-given.ts';

describe('secrets that a command was given', () => {
  it('come from its environment and its words, a script included, without the paths of files', () => {
    const environment = { RESTIC_PASSWORD: 'kucing-1', HOME: '/root', RESTIC_PASSWORD_FILE: '/etc/restic' };
    const words = [
      'bash',
      '-c',
      "PGPASSWORD=kucing-2 pg_dump x; mysqldump -pkucing-3 'y'; curl -u budi:kucing-4 https://x",
      '--password',
      'kucing-5',
      '--token=kucing-6',
      's3:https://id:kucing-7@vault/x',
      '--password-file=/etc/secret',
      'secret=$VARIABLE',
    ];
    expect(secretsGiven(environment, words).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `kucing-${n}`));
  });
});
