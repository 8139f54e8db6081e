import type { Bench } from '../bench.ts';
import { disk } from './disk.ts';
import { intake } from './intake.ts';
import { judging } from './judging.ts';
import { ledger } from './ledger.ts';
import { rate } from './rate.ts';
import { reconnect } from './reconnect.ts';
import { agent } from './agent.ts';
import { remoteWrite } from './remote-write.ts';
import { report } from './report.ts';
import { routers } from './routers.ts';
import { scrape } from './scrape.ts';
import { vault } from './vault.ts';

export const benches: readonly Bench[] = [
  intake,
  rate,
  reconnect,
  agent,
  disk,
  vault,
  routers,
  scrape,
  remoteWrite,
  judging,
  ledger,
  report,
];
