import { accessSync, constants } from 'node:fs';
import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** Reports from other machines travel encrypted, unless the configuration says otherwise in words. */
export function listenCheck(config: PantauConfig): ConfigProblem[] {
  return [...plainHttpProblems(config), ...publicUrlProblems(config), ...certificateProblems(config)];
}

function plainHttpProblems({ listen, tls }: PantauConfig): ConfigProblem[] {
  if (tls.enabled || listen.plainHttpBeyondLoopback || isLoopback(listen.host)) return [];
  return [
    {
      path: ['listen', 'host'],
      message:
        `"${listen.host}" is reached from other machines over plain HTTP; ` +
        'set tls.enabled to true, or listen.plainHttpBeyondLoopback to true if the network may read the reports',
    },
  ];
}

function publicUrlProblems({ listen, tls }: PantauConfig): ConfigProblem[] {
  if (listen.publicUrl === undefined) return [];
  const scheme = tls.enabled ? 'https' : 'http';
  if (listen.publicUrl.startsWith(`${scheme}:`)) return [];
  const message = `must begin with ${scheme}:// because tls.enabled is ${tls.enabled}; change one of the two`;
  return [{ path: ['listen', 'publicUrl'], message }];
}

function certificateProblems({ tls }: PantauConfig): ConfigProblem[] {
  const { certificateFile, keyFile } = tls;
  if (certificateFile !== undefined && keyFile === undefined) {
    return [{ path: ['tls', 'keyFile'], message: 'is missing; an own certificate needs its key' }];
  }
  if (keyFile !== undefined && certificateFile === undefined) {
    return [{ path: ['tls', 'certificateFile'], message: 'is missing; an own key needs its certificate' }];
  }
  return (['certificateFile', 'keyFile'] as const).flatMap((name) => {
    const file = tls[name];
    const reason = file === undefined ? undefined : whyUnreadable(file);
    const message = `"${file}" cannot be read (${reason}); give the collector's user access or correct the path`;
    return reason === undefined ? [] : [{ path: ['tls', name], message }];
  });
}

function whyUnreadable(file: string): string | undefined {
  try {
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'no such file' : 'access denied';
  }
}

/** Names are not looked up: only what cannot be anything else counts. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare);
}
