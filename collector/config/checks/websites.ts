import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';
import { parseWebsite, websiteTexts } from '../websites-of.ts';

/** Every website can be asked for, and is named once. */
export function websitesCheck({ perangkatDaerah }: PantauConfig): ConfigProblem[] {
  return perangkatDaerah.flatMap(({ website }, pdIndex) => {
    const path = ['perangkatDaerah', pdIndex, 'website'];
    const seen = new Set<string>();
    return websiteTexts(website).flatMap((text, index) => {
      const place = Array.isArray(website) ? [...path, index] : path;
      return problemOf(text, place, seen);
    });
  });
}

function problemOf(text: string, path: ConfigPath, seen: Set<string>): ConfigProblem[] {
  const website = parseWebsite(text);
  if (website === undefined) {
    return [{ path, message: `"${text}" is no address of a page; write one such as https://dinkes.example.go.id` }];
  }
  if (seen.has(website.place)) {
    return [{ path, message: `"${website.host}" is named twice; name each website once, by its first page` }];
  }
  seen.add(website.place);
  return [];
}
