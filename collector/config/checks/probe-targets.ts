import { durationSeconds } from '../../../shared/duration.ts';
import { probeKinds } from '../../../shared/probe-kinds.ts';
import { suggestName } from '../nearest-name.ts';
import type { ProbeTargetConfig } from '../network-schema.ts';
import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** What an agent takes (shared/probe-config-schema.ts). */
const maxTimeoutSeconds = 30;
const maxEverySeconds = 86_400;

/** Every target can be probed: its kind is known, and it has what that kind needs. */
export function probeTargetsCheck({ probeTargets, perangkatDaerah }: PantauConfig): ConfigProblem[] {
  const departments = perangkatDaerah.map(({ id }) => id);
  const seen = new Set<string>();
  return probeTargets.flatMap((target, index) => {
    const path = ['probeTargets', index];
    const isRepeated = seen.has(target.id);
    seen.add(target.id);
    return [
      ...(isRepeated
        ? [{ path: [...path, 'id'], message: `"${target.id}" is used twice; give each target its own id` }]
        : []),
      ...kindProblems(target, path),
      ...timeProblems(target, path),
      ...(target.pd ?? []).flatMap((pd, at) =>
        departments.includes(pd)
          ? []
          : [
              {
                path: [...path, 'pd', at],
                message: `"${pd}" is no department in perangkatDaerah; ${suggestName(pd, departments)}`,
              },
            ],
      ),
    ];
  });
}

function kindProblems({ kind, port, query, layer }: ProbeTargetConfig, path: ConfigPath): ConfigProblem[] {
  if (!(probeKinds as readonly string[]).includes(kind)) {
    return [{ path: [...path, 'kind'], message: `"${kind}" is no kind of probe; ${suggestName(kind, probeKinds)}` }];
  }
  if (kind === 'tcp' && port === undefined) {
    return [{ path: [...path, 'port'], message: 'is missing; a tcp target needs the port to connect to' }];
  }
  if (kind === 'dns' && query === undefined) {
    return [{ path: [...path, 'query'], message: 'is missing; a dns target needs the name to ask for' }];
  }
  if (kind === 'path' && layer !== 'wan') {
    return [{ path: [...path, 'layer'], message: `"${layer}" is not judged for a path; write wan` }];
  }
  return [];
}

function timeProblems({ timeout, every }: ProbeTargetConfig, path: ConfigPath): ConfigProblem[] {
  return [
    ...(timeout !== undefined && durationSeconds(timeout) > maxTimeoutSeconds
      ? [{ path: [...path, 'timeout'], message: `"${timeout}" is too long; write ${maxTimeoutSeconds}s at most` }]
      : []),
    ...(every !== undefined && durationSeconds(every) > maxEverySeconds
      ? [{ path: [...path, 'every'], message: `"${every}" is too seldom; write 1d at most` }]
      : []),
  ];
}
