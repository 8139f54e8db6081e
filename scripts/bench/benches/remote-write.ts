import { join } from 'node:path';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { findProgram, loadCpu, pathOf } from '../child-programs.ts';
import { madeHistory } from '../remote-write/made-history.ts';
import { type Receiver, type ReceiverKind, receiverKinds, startVmagent } from '../remote-write/receivers.ts';
import { startRecorder } from '../remote-write/recorded-requests.ts';
import type { Sent } from '../remote-write/sent.ts';
import { type ChildLines, startChild } from '../routers/child-lines.ts';
import { ratioSpread, single, spreadOf } from '../statistics.ts';

const million = 1e6;

export const remoteWrite: Bench = {
  name: 'remote-write',
  docs: 'reports of a fleet written into Prometheus and VictoriaMetrics, beside their bytes from memory and vmagent',
  async run(context) {
    const [agentCount, minuteCount] = context.isQuick ? [100, 30] : [500, 60];
    context.say(`Making ${minuteCount} minutes of ${agentCount} agents.`);
    const dataFolder = await madeHistory(context, agentCount, minuteCount);
    const writer = child(context, './remote-write/writer-child.ts', dataFolder);
    await writer.next();
    const file = join(context.folder, 'requests');
    const recorder = await startRecorder(file);
    context.later(() => recorder.close());
    const recorded = await sendTo(writer, recorder.url);
    const replay = child(context, './remote-write/replay-child.ts', file);
    await replay.next();
    const { sampleCount } = recorded;
    const figures: Figure[] = [
      { name: 'samples', unit: '', value: single(sampleCount), note: `in ${recorded.requestCount} requests` },
      {
        name: 'our sender into a receiver that does nothing',
        unit: 'samples/s',
        value: single(sampleCount / recorded.seconds),
      },
    ];
    for (const kind of receiverKinds) {
      if (findProgram(kind.program) === undefined) context.say(`${kind.program} is not installed: left out.`);
      else figures.push(...(await ofKind(context, kind, { writer, replay, sampleCount })));
    }
    return figures;
  },
};

interface Senders {
  writer: ChildLines;
  replay: ChildLines;
  sampleCount: number;
}

interface Round {
  seconds: number;
  longestBlockMs?: number;
  longestBlockCpuMs?: number;
  senderCpu: number;
  receiverCpu: number;
}

async function ofKind(context: BenchContext, kind: ReceiverKind, senders: Senders): Promise<Figure[]> {
  const rounds: Record<'ours' | 'floor' | 'vmagent', Round[]> = { ours: [], floor: [], vmagent: [] };
  for (let round = 1; round <= context.roundCount; round++) {
    rounds.ours.push(await inFresh(context, kind, (to) => bySender(senders.writer, senders, to)));
    rounds.floor.push(await inFresh(context, kind, (to) => bySender(senders.replay, senders, to)));
    if (findProgram('vmagent') !== undefined) {
      rounds.vmagent.push(await inFresh(context, kind, (to) => byVmagent(context, senders, to)));
    }
    context.say(`${kind.name}: round ${round} of ${context.roundCount} done`);
  }
  return figuresOf(kind.name, rounds, senders.sampleCount);
}

/** Each sender gets a receiver with nothing in it: series that are there already are cheaper. */
async function inFresh(
  context: BenchContext,
  kind: ReceiverKind,
  send: (receiver: Receiver) => Promise<Omit<Round, 'receiverCpu'>>,
): Promise<Round> {
  const receiver = await kind.start(context);
  try {
    const before = receiver.meter.cpuMs();
    const sent = await send(receiver);
    return { ...sent, receiverCpu: (receiver.meter.cpuMs() - before) / 1000 };
  } finally {
    await receiver.end();
  }
}

async function bySender(sender: ChildLines, { sampleCount }: Senders, receiver: Receiver) {
  const { cpuSeconds, ...sent } = await sendTo(sender, receiver.writeUrl);
  await requireAll(receiver, sampleCount);
  return { ...sent, senderCpu: cpuSeconds };
}

/** It gets the same requests, which is less work than reading reports, and hands them on. */
async function byVmagent(context: BenchContext, { replay, sampleCount }: Senders, receiver: Receiver) {
  const vmagent = await startVmagent(context, receiver);
  if (vmagent === undefined) throw new Error('vmagent is gone.');
  try {
    const [beganAtMs, before] = [performance.now(), vmagent.meter.cpuMs()];
    await sendTo(replay, vmagent.writeUrl);
    await requireAll(receiver, sampleCount);
    return {
      seconds: (performance.now() - beganAtMs) / 1000,
      senderCpu: (vmagent.meter.cpuMs() - before) / 1000,
    };
  } finally {
    await vmagent.end();
  }
}

/** Snapshots of the collector itself differ a little from run to run. */
const toleranceRatio = 0.005;

async function requireAll(receiver: Receiver, sampleCount: number): Promise<void> {
  let found = 0;
  for (const endsAtMs = performance.now() + 60_000; performance.now() < endsAtMs;) {
    found = await receiver.sampleCount();
    if (found >= sampleCount * (1 - toleranceRatio)) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`Of ${sampleCount} samples ${found} arrived, so the times mean nothing.`);
}

const sendTo = async (child: ChildLines, url: string): Promise<Sent> => JSON.parse(await child.ask(url)) as Sent;

function child(context: BenchContext, file: string, argument: string): ChildLines {
  return startChild(context, { cpu: loadCpu, args: [pathOf(file), argument], env: process.env });
}

function figuresOf(name: string, rounds: Record<'ours' | 'floor' | 'vmagent', Round[]>, sampleCount: number): Figure[] {
  const { ours, floor, vmagent } = rounds;
  const seconds = (list: readonly Round[]) => list.map((round) => round.seconds);
  const sender = (list: readonly Round[]) => list.map((round) => (round.senderCpu * million) / sampleCount);
  const receiver = (list: readonly Round[]) => list.map((round) => (round.receiverCpu * million) / sampleCount);
  const rate = (list: readonly Round[]) => spreadOf(seconds(list).map((each) => sampleCount / each));
  const cpuUnit = 's CPU/million';
  return [
    { name: `into ${name}: our sender`, unit: 'samples/s', value: rate(ours) },
    { name: `into ${name}: the same requests from memory`, unit: 'samples/s', value: rate(floor) },
    {
      name: `into ${name}: our sender / from memory`,
      unit: '× time',
      value: ratioSpread(seconds(ours), seconds(floor)),
    },
    { name: `into ${name}: our sender`, unit: cpuUnit, value: spreadOf(sender(ours)) },
    ...blockFigures(name, ours),
    { name: `into ${name}: from memory`, unit: cpuUnit, value: spreadOf(sender(floor)) },
    { name: `${name} itself, with our sender`, unit: cpuUnit, value: spreadOf(receiver(ours)) },
    ...(vmagent.length === 0
      ? []
      : [
          { name: `into ${name}: vmagent`, unit: 'samples/s', value: rate(vmagent) },
          { name: `into ${name}: vmagent`, unit: cpuUnit, value: spreadOf(sender(vmagent)) },
          {
            name: `into ${name}: our sender / vmagent`,
            unit: '× CPU',
            value: ratioSpread(sender(ours), sender(vmagent)),
            note: 'vmagent is handed samples that are ready; ours reads the agents’ reports',
          },
        ]),
  ];
}

function blockFigures(name: string, ours: readonly Round[]): Figure[] {
  return [
    {
      name: `into ${name}: longest block of our event loop`,
      unit: 'ms CPU',
      value: spreadOf(ours.map((round) => round.longestBlockCpuMs ?? 0)),
      target: { atMost: 20 },
      note: 'sender alone, with a backlog',
    },
    {
      name: `into ${name}: the same by the clock`,
      unit: 'ms',
      value: spreadOf(ours.map((round) => round.longestBlockMs ?? 0)),
      note: 'with what other programs took of the processor',
    },
  ];
}
