import { hostPattern } from '../../shared/host-pattern.ts';
import type { PerangkatDaerah } from './schema.ts';

/** A page for the public, as an agent asks for it. */
export interface Website {
  host: string;
  /** The host with dashes for dots: the name that stands where sites have theirs. */
  place: string;
  port: number | undefined;
  path: string;
  tls: boolean;
}

const hostForm = new RegExp(hostPattern);
const pathForm = /^\/[\x21-\x7e]{0,1023}$/;
const longestPlace = 63;

/** @returns undefined for what is no address of a page. An address without a scheme is asked for by http first. */
export function parseWebsite(text: string): Website | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, port, pathname, search, username, password } = new URL(address);
  const path = `${pathname}${search}`;
  const isPage = (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
  if (!isPage || !hostForm.test(hostname) || !pathForm.test(path)) return undefined;
  const place = hostname.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return {
    host: hostname,
    place: place.slice(0, longestPlace),
    port: port === '' ? undefined : Number(port),
    path,
    tls: protocol === 'https:',
  };
}

/** What a department has registered; nothing where it has not, or says that it has none. */
export function websitesOf({ website }: Pick<PerangkatDaerah, 'website'>): Website[] {
  return websiteTexts(website).flatMap((text) => parseWebsite(text) ?? []);
}

export function websiteTexts(website: PerangkatDaerah['website']): readonly string[] {
  if (website === undefined || website === false) return [];
  return typeof website === 'string' ? [website] : website;
}
