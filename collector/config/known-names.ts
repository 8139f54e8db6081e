import type { Regulation } from '../obligations/regulation.ts';

/** Names that the configuration may use but that others define. */
export interface KnownNames {
  /** Ids of the regulations that this Pantau can judge. */
  regulations: readonly string[];
  /** Ids of all their obligations. */
  obligations: readonly string[];
  /** The parameters of each, with the type of their values. */
  params: Readonly<Record<string, Readonly<Record<string, 'number' | 'string' | 'boolean'>>>>;
  /** Of these, those that the regulation sets itself, and where: `Pasal 48 ayat (1)`. */
  lawParams: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** How each regulation calls its ICT office. */
  diskominfo: Readonly<Record<string, string>>;
}

/** What a configuration is read with. */
export interface Known extends KnownNames {
  /** A regulation file of the Pemda's own. @returns a sentence for everything that is wrong with it, if anything is. */
  regulationOf(data: unknown): Regulation | string[];
  /** The same, knowing these regulations besides. */
  with(own: readonly Regulation[]): KnownNames;
}
