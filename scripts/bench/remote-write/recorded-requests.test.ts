import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { recordedRequests, startRecorder } from './recorded-requests.ts';

it('keeps the requests of a sender byte for byte, in their order', async () => {
  const path = join(temporaryFolder(), 'requests');
  const recorder = await startRecorder(path);
  const bodies = [Buffer.from([0, 255, 10]), Buffer.alloc(0), Buffer.alloc(200_000, 7)];

  for (const body of bodies) expect((await fetch(recorder.url, { method: 'POST', body })).status).toBe(204);
  recorder.close();

  expect(recordedRequests(path)).toEqual(bodies);
});
