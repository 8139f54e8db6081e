/** Names one record of evidence: a report for ever is (agent, session, seq). */
export interface ReportReference {
  agent: string;
  session: string;
  seq: number;
}
