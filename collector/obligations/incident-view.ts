/** One incident as rules see it. */
export interface IncidentView {
  id: string;
  pd: string;
  /** The duty whose breach it is. */
  obligation: string;
  severity: 'critical' | 'warning' | 'info';
  openedAtMs: number;
  resolvedAtMs: number | undefined;
  /** Critical, or longer than the Pemda bears. */
  isSerious: boolean;
  /** What a person decided of its cause; undefined while nobody has. */
  decision: { atMs: number; isByOtherParty: boolean } | undefined;
}
