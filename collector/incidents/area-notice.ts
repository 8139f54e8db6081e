import type { Language } from '../../shared/local-time.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Notice } from '../notify/notice.ts';
import { areaPrefix, wholePemda } from '../obligations/areas.ts';

const words = {
  id: { whole: 'Seluruh Pemda', area: 'Wilayah', sites: 'Lokasi terdampak', count: 'lokasi', more: 'lainnya' },
  en: { whole: 'The whole Pemda', area: 'Area', sites: 'Affected sites', count: 'sites', more: 'more' },
} as const;

/** What people call an area. @param name `wilayah/<area>` */
export function areaInWords(name: string, language: Language): string {
  const { whole, area } = words[language];
  return name === wholePemda ? whole : `${area} ${name.slice(areaPrefix.length + 1)}`;
}

/** A message is read on a telephone. */
const namedSiteCount = 20;

/** How many sites are affected and which, by their names. @param sites `<pd>/<site>` */
export function areaDetails(sites: readonly string[], { language, perangkatDaerah }: PantauConfig): Notice['details'] {
  const { count, more, sites: label } = words[language];
  const nameOf = (name: string): string => {
    const [id, part] = name.split('/');
    const pd = perangkatDaerah.find((known) => known.id === id);
    const site = pd?.sites.find((known) => known.id === part);
    return `${pd?.name ?? id} (${site?.name ?? part})`;
  };
  const named = sites.slice(0, namedSiteCount).map(nameOf);
  const restCount = sites.length - named.length;
  const rest = restCount > 0 ? [`${restCount} ${more}`] : [];
  return [{ label, value: `${sites.length} ${count}: ${[...named, ...rest].join('; ')}` }];
}
