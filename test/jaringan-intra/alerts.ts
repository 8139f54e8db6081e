import type { ReceivedRequest } from '../../collector/notify/notify-test-kit.ts';
import type { Notice } from '../../collector/notify/notice.ts';

/** One message to people, in few words. */
export interface Alert {
  event: Notice['event'];
  obligation: string;
  pd: string;
  subject: string;
  cause: string;
  owner: string;
}

export function alertsIn(requests: readonly ReceivedRequest[]): Alert[] {
  return requests.map(({ body }) => {
    const { notice } = JSON.parse(body) as { notice: Notice };
    return {
      event: notice.event,
      obligation: notice.obligation.id,
      pd: notice.perangkatDaerah.id,
      subject: notice.subject.id,
      cause: notice.incident.cause,
      owner: notice.owner.name,
    };
  });
}
