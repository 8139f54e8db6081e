/** Names of the HTTP conversation between agent and collector; both sides import them so that they cannot differ. */
export const reportsPath = '/api/v1/reports';
export const enrolPath = '/api/v1/enroll';
/** The same reports from a router that shows a token, and where it gets its agent. */
export const routerReportsPath = '/api/v1/router-reports';
export const routerAgentPath = '/api/v1/router-agent';
export const agentConfigPath = '/api/v1/agent/configuration';

export const agentHeader = 'x-pantau-agent';
export const signatureHeader = 'x-pantau-signature';

/** Deflate with the preset dictionary of shared/report-dictionary.ts. */
export const dictionaryEncoding = 'x-pantau-deflate-1';

/** The answer to a batch that is on disk. `acked` is the highest seq of the batch. */
export interface ReportsAck {
  acked: number;
  acceptedCount: number;
  duplicateCount: number;
  /** Version of the configuration that this agent should have. */
  config: string;
}
