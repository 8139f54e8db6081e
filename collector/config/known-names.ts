/** Names that the configuration may use but that others define. */
export interface KnownNames {
  /** Ids of the regulations that this Pantau can judge. */
  regulations: readonly string[];
  /** Ids of all their obligations. */
  obligations: readonly string[];
  /** The parameters of each, with the type of their values. */
  params: Readonly<Record<string, Readonly<Record<string, 'number' | 'string' | 'boolean'>>>>;
}
