import { durationSeconds } from '../../../shared/duration.ts';
import { probeSettings } from '../../../shared/probe-config-schema.ts';
import { probeKinds } from '../../../shared/probe-kinds.ts';
import { suggestName } from '../nearest-name.ts';
import type { ProbeTargetConfig } from '../network-schema.ts';
import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** What an agent takes (shared/probe-config-schema.ts). */
const maxTimeoutSeconds = 30;
const maxEverySeconds = 86_400;

/** Every target can be probed: its kind is known, and it has what that kind needs, and nothing that it does not use. */
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
      ...settingProblems(target, path),
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

type Setting = keyof typeof probeSettings;

/** What each kind works with (agent/probes); a ping needs a port where it must be done by TCP. */
const usedSettings: Readonly<Record<(typeof probeKinds)[number], readonly Setting[]>> = {
  icmp: ['port'],
  tcp: ['port'],
  http: ['port', 'path', 'tls', 'serverName', 'expectStatus', 'expectText'],
  tls: ['port', 'serverName'],
  dns: ['port', 'query', 'recordType', 'expectAnswer'],
  path: ['maxHops'],
};

function settingProblems(target: ProbeTargetConfig, path: ConfigPath): ConfigProblem[] {
  const kind = probeKinds.find((each) => each === target.kind);
  if (kind === undefined) return [];
  const given = (Object.keys(probeSettings) as Setting[]).filter((name) => target[name] !== undefined);
  return given.flatMap((name): ConfigProblem[] => {
    if (usedSettings[kind].includes(name)) {
      if (name !== 'serverName' || kind !== 'http' || target.tls === true) return [];
      const message = 'is not used by a http target without tls: true; take it out, or add that';
      return [{ path: [...path, name], message, atKey: true }];
    }
    const others = probeKinds.filter((each) => usedSettings[each].includes(name));
    const message = `is not used by a ${kind} target; take it out, or write kind: ${others.join(' or ')}`;
    return [{ path: [...path, name], message, atKey: true }];
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
