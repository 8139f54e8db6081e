import { AppError } from '../shared/errors.ts';
import { hostPattern } from '../shared/host-pattern.ts';

/** What is chosen for one router when its agent is handed out. */
export interface RouterOptions {
  /** Base URL that the router uses; the collector's own when absent. */
  url?: string;
  /** Hosts in the local network, and beside the collector behind the WAN, that the router pings. */
  lanTargets: string[];
  wanTargets: string[];
  /** Where reports wait; memory when absent. */
  spoolFolder?: string;
  spoolMaxSizeBytes?: number;
}

const mostTargets = 16;
const forms = {
  url: { pattern: /^https?:\/\/[A-Za-z0-9_.:[\]-]{1,253}$/, form: 'an address such as https://10.1.1.5:8420' },
  lan: { pattern: new RegExp(hostPattern), form: 'an IP address or a host name' },
  wan: { pattern: new RegExp(hostPattern), form: 'an IP address or a host name' },
  spool: { pattern: /^\/[A-Za-z0-9_./-]{1,200}$/, form: 'an absolute path such as /mnt/usb/pantau' },
  'spool-bytes': { pattern: /^[1-9]\d{4,10}$/, form: 'a number of bytes from 10000' },
} as const;
type OptionName = keyof typeof forms;

/**
 * @param given values of each option as they came, from a command line or a query.
 * @throws AppError `bad-query` that names the option and says what it must be.
 */
export function routerOptions(given: (name: OptionName) => readonly string[]): RouterOptions {
  const several = (name: OptionName): string[] => {
    const { pattern, form } = forms[name];
    const values = given(name);
    if (values.every((value) => pattern.test(value)) && values.length <= mostTargets) return [...values];
    throw badOption(name, `${name} must be ${form}; at most ${mostTargets} times.`);
  };
  const one = (name: OptionName): string | undefined => {
    const values = several(name);
    if (values.length > 1) throw badOption(name, `${name} may be given once.`);
    return values[0];
  };
  const [url, spoolFolder, size] = [one('url'), one('spool'), one('spool-bytes')];
  return {
    lanTargets: several('lan'),
    wanTargets: several('wan'),
    ...(url === undefined ? {} : { url }),
    ...(spoolFolder === undefined ? {} : { spoolFolder }),
    ...(size === undefined ? {} : { spoolMaxSizeBytes: Number(size) }),
  };
}

/** The same options as a query, with its question mark; empty when nothing is chosen. */
export function routerQuery(options: RouterOptions): string {
  const { url, lanTargets, wanTargets, spoolFolder, spoolMaxSizeBytes } = options;
  const query = new URLSearchParams();
  if (url !== undefined) query.append('url', url);
  for (const host of lanTargets) query.append('lan', host);
  for (const host of wanTargets) query.append('wan', host);
  if (spoolFolder !== undefined) query.append('spool', spoolFolder);
  if (spoolMaxSizeBytes !== undefined) query.append('spool-bytes', String(spoolMaxSizeBytes));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function badOption(field: string, message: string): AppError {
  return new AppError('bad-query', message, { status: 422, field });
}
