import type { PantauConfig } from '../config/schema.ts';
import type { Letterhead, Signature } from './document.ts';

/** Places that a person fills in by hand: no tool gives a letter its number, its day or its signature. */
export const blanks = {
  number: '........../........../..........',
  text: '..............................',
  day: '....................',
  name: '(..............................)',
  nip: 'NIP ..............................',
} as const;

export type OfficialRole = keyof PantauConfig['documents']['officials'];

/** Who writes and who signs, with blanks for what the configuration does not tell. */
export interface Office {
  letterhead: Letterhead;
  /** Where letters are signed; a blank when it is not told. */
  place: string;
  officials: Record<OfficialRole, { title: string; name: string; nip: string }>;
}

export function officeOf(config: PantauConfig): Office {
  const { letterhead, place, officials } = config.documents;
  const diskominfo = config.pemda.diskominfo.name;
  const official = (role: OfficialRole, title: string) => {
    const told = officials[role];
    const nip = told.nip === undefined ? blanks.nip : `NIP ${told.nip}`;
    return { title: told.title ?? title, name: told.name ?? blanks.name, nip };
  };
  return {
    letterhead: {
      pemda: letterhead.pemda ?? config.pemda.name,
      office: letterhead.office ?? diskominfo,
      lines: letterhead.lines,
    },
    place: place ?? blanks.day,
    officials: {
      kepalaDiskominfo: official('kepalaDiskominfo', `Kepala ${diskominfo}`),
      kepalaBidang: official('kepalaBidang', 'Kepala Bidang ....................'),
      sekretarisDaerah: official('sekretarisDaerah', 'Sekretaris Daerah'),
    },
  };
}

/** The place of an official's signature. @param above such as "Mengetahui," or the place and a day to be filled in */
export function signatureOf(office: Office, role: OfficialRole, above: string[]): Signature {
  const { title, name, nip } = office.officials[role];
  return { above, office: `${title},`, name, number: nip };
}

/** Somebody whom no configuration names. */
export function unknownSignature(office: string, above: string[]): Signature {
  return { above, office, name: blanks.name, number: blanks.nip };
}

/** The day is left free: it is that of the signature, not that of the draft. */
export function placeAndDay({ place }: Pick<Office, 'place'>, year: string): string {
  return `${place}, ${blanks.day} ${year}`;
}
