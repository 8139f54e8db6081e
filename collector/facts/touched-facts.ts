/** What a commit changed, by the names under which cases look it up. */
export interface TouchedFacts {
  agents: Set<string>;
  /** `<pd>/<dataset>` */
  datasets: Set<string>;
  /** `<pd>/<site>` */
  sites: Set<string>;
  /** Departments of which a machine told what is on it. */
  departments: Set<string>;
  /** Something that concerns the Pemda as a whole: a register, say. */
  pemda: boolean;
}

export function noTouchedFacts(): TouchedFacts {
  return { agents: new Set(), datasets: new Set(), sites: new Set(), departments: new Set(), pemda: false };
}
