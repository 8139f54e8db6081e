import type { SourceSettings } from '../backup-source.ts';

/** What fits the source of a dataset best. */
const usualKinds: Readonly<Record<string, string>> = { restic: 'restic', borg: 'borg', files: 'archive' };

/** The line that gives a dataset a restore test, as it stands in pantau.yaml. */
export function usualDrillLine(source: SourceSettings | undefined): string {
  const kind = usualKinds[source?.kind ?? ''] ?? 'command';
  return `restoreTest: { kind: ${kind}${kind === 'command' ? ', command: NAME' : ''} }`;
}
