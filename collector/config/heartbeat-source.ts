import type { DatasetConfig } from './schema.ts';

export const heartbeatSourceKind = 'heartbeat';
/** Kinds of sources that no agent looks for: the collector hears them itself, or a reader of a vault finds them. */
export const collectorSourceKinds: readonly string[] = [heartbeatSourceKind, 'vault'];

/** A random UUID (RFC 9562, version 4), written as Healthchecks writes the addresses of its checks. */
export const heartbeatUuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The ping address that a dataset takes over from another system; undefined when it has the collector's own. */
export function heartbeatUuidOf(source: DatasetConfig['source']): string | undefined {
  if (source.kind !== heartbeatSourceKind) return undefined;
  const { uuid } = source as { uuid?: unknown };
  return typeof uuid === 'string' ? uuid : undefined;
}
