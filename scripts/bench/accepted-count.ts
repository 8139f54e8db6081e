import { createOperatorApi } from '../simulation/operator-api.ts';
import { createReportClient } from '../simulation/report-client.ts';

/** Reports that a collector says it has accepted since it was started. */
export async function acceptedCount({ url, adminToken }: { url: string; adminToken: string }): Promise<number> {
  const client = createReportClient({ url });
  try {
    return (await createOperatorApi(client, adminToken).reportCounts()).get('accepted') ?? 0;
  } finally {
    client.close();
  }
}
