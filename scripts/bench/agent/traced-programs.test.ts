import { expect, it } from 'vitest';
import { startedPrograms } from './traced-programs.ts';

it('names each program that was really started', () => {
  const log = [
    '101 execve("/usr/bin/ping", ["ping", "-n"], 0x55 /* 9 vars */) = 0',
    '102 execve("/usr/local/bin/sh", ["sh"], 0x55 /* 9 vars */) = -1 ENOENT (No such file or directory)',
    '102 execve("/bin/sh", ["sh", "-c", "date"], 0x55 /* 9 vars */) = 0',
    '102 +++ exited with 0 +++',
  ].join('\n');
  expect(startedPrograms(`${log}\n`)).toEqual(['ping', 'sh']);
});
