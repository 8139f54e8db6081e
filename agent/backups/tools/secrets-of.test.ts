import { expect, it } from 'vitest';
import { secretsOf } from './secrets-of.ts';

it('knows the secrets of an environment by their names, and the password of an address', () => {
  const env = {
    AWS_SECRET_ACCESS_KEY: 'kunci',
    BORG_PASSPHRASE: 'kalimat',
    RESTIC_PASSWORD_FILE: '/etc/password',
    RESTIC_REPOSITORY: 'rest:https://u:p%40ss@host/',
    BORG_HOST_ID: 'vm',
  };
  expect(secretsOf(env)).toEqual(['kunci', 'kalimat', 'p%40ss', 'p@ss']);
});
