/** How a machine is connected, as it told last. */
export interface NetworkRow {
  agentKey: number;
  takenAtMs: number;
  /** JSON of a `ReportNetwork`. */
  body: string;
}
