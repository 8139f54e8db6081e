import type { IncomingMessage } from 'node:http';
import { AppError } from '../../shared/errors.ts';
import { type PageGroup, pageGroups } from '../metrics/metrics-page.ts';
import type { PageFormat } from '../metrics/page-format.ts';
import { qualityValues } from './quality-values.ts';

/** OpenMetrics for those who name it and want nothing else more; whoever names neither gets the text format. */
export function preferredFormat(accept: string | undefined): PageFormat {
  const ranges = qualityValues(accept ?? '');
  const wanted = (names: readonly string[], version: string) =>
    Math.max(
      0,
      ...ranges
        .filter(({ name, parameters }) => names.includes(name) && (parameters.get('version') ?? version) === version)
        .map(({ q }) => q),
    );
  const openMetrics = wanted(['application/openmetrics-text'], '1.0.0');
  return openMetrics > 0 && openMetrics >= wanted(['text/plain'], '0.0.4') ? 'openmetrics' : 'text';
}

export type PageCoding = 'gzip' | 'identity';

/** What the reader takes; both, in the order of its liking, when it takes both. */
export function acceptedCodings(acceptEncoding: string | undefined): readonly [PageCoding, ...PageCoding[]] {
  const codings = qualityValues(acceptEncoding ?? '');
  const told = (names: readonly string[]) => codings.find(({ name }) => names.includes(name))?.q;
  const gzip = told(['gzip', 'x-gzip']) ?? told(['*']) ?? 0;
  const identity = told(['identity']) ?? (told(['*']) === 0 ? 0 : undefined);
  if (gzip === 0) return ['identity'];
  if (identity === 0) return ['gzip'];
  return identity !== undefined && identity > gzip ? ['identity', 'gzip'] : ['gzip', 'identity'];
}

/** From here on packing and unpacking a page takes noticeable time on both sides. */
const largeBytes = 1e6;

/**
 * The first that the reader takes; but a large page as it is when both are taken and no network lies between, where gzip
 * spares nothing and both sides would work for it on the same processors.
 * @param byteCount how long the page was the last time.
 */
export function chosenCoding(codings: readonly PageCoding[], request: IncomingMessage, byteCount: number): PageCoding {
  const isPlainBetter = byteCount >= largeBytes && isOnThisMachine(request);
  return isPlainBetter && codings.includes('identity') ? 'identity' : (codings[0] ?? 'identity');
}

/** A proxy on this machine speaks for somebody elsewhere, and says so. */
function isOnThisMachine({ socket, headers }: IncomingMessage): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via'].some((name) => headers[name] !== undefined);
  return !isForwarded && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

/** @returns undefined when nothing was chosen, which is everything. @throws AppError `bad-query` that lists the names. */
export function askedGroups(url: string): ReadonlySet<PageGroup> | undefined {
  const queryAt = url.indexOf('?');
  const query = new URLSearchParams(queryAt === -1 ? '' : url.slice(queryAt));
  const names = query.getAll('collect[]');
  if (query.has('collect')) {
    throw new AppError('bad-query', 'Write collect[]=… with its brackets; without them the whole page would come.', {
      status: 400,
      field: 'collect',
    });
  }
  const unknown = names.find((name) => !isGroup(name));
  if (unknown !== undefined) {
    const detail = `There is no group "${unknown.slice(0, 64)}"; collect[] is one of ${pageGroups.join(', ')}.`;
    throw new AppError('bad-query', detail, { status: 400, field: 'collect[]' });
  }
  return names.length === 0 ? undefined : new Set(names.filter(isGroup));
}

const isGroup = (name: string): name is PageGroup => (pageGroups as readonly string[]).includes(name);
