import type { RequestListener } from 'node:http';
import type { Clock, Random } from '../shared/clock.ts';
import type { Logger } from '../shared/logger.ts';
import { exportPublicKey, type KeyPair } from '../shared/signing.ts';
import { reportsPath, routerReportsPath } from '../shared/wire.ts';
import { createAgentConfigurations } from './agent-configurations.ts';
import type { PantauConfig } from './config/schema.ts';
import {
  attachmentsIn,
  databaseIn,
  loadCollectorKeys,
  loadOperatorToken,
  prepareDataFolder,
  remoteWriteIn,
} from './data-folder.ts';
import { createMonthlyReports } from './documents/schedule/monthly.ts';
import { createApp } from './http/app.ts';
import type { ApiView } from './http/resource.ts';
import { incidentInWords } from './incidents/incident-words.ts';
import { createJudging, type Judging } from './incidents/judging.ts';
import { enrolAgent } from './intake/enrolment.ts';
import { createIntake, type Intake } from './intake/intake.ts';
import { createPingAddresses, pingSecretOf } from './intake/ping-addresses.ts';
import { createPeerOf } from './intake/peer-address.ts';
import { createPings, type Pings } from './intake/pings.ts';
import { createReportsEndpoint } from './intake/reports-endpoint.ts';
import { createRouterTokens } from './intake/router-tokens.ts';
import { createTurns } from './intake/turns.ts';
import { createLedgerWriter } from './ledger/writer.ts';
import { createMaintenance } from './maintenance.ts';
import { createRenderedAgents, metricsPage } from './metrics/metrics-page.ts';
import { createOwnMetrics, type OwnMetrics } from './metrics/own-metrics.ts';
import { createRemoteWrite } from './metrics/remote-write/remote-write.ts';
import { createOutboxSender, type OutboxSender } from './notify/outbox-sender.ts';
import { tlsFor } from './public-address.ts';
import { createRouterAgents } from './router-agents.ts';
import { noteConfiguration } from './note-configuration.ts';
import { restoreFleet } from './restore-fleet.ts';
import { dayNames } from './facts/day-names.ts';
import type { Fleet } from './facts/fleet.ts';
import type { TouchedFacts } from './facts/touched-facts.ts';
import { placesOf } from './facts/places-of.ts';
import { createAttachments } from './registers/attachments.ts';
import { createRegisterDesk } from './registers/desk.ts';
import { openRegisters, type Registers } from './registers/registers.ts';
import { createServiceDesk } from './registers/service-desk.ts';
import { seenMachines } from './registers/seen-machines.ts';
import { touchedBy } from './registers/touched-by.ts';
import type { Case } from './obligations/subjects.ts';
import type { AgentRow, VerdictRow } from './store/rows.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { Store } from './store/store.ts';
import type { Certificate } from './tls/certificate.ts';

export interface CollectorOptions {
  config: PantauConfig;
  dataFolder: string;
  clock: Clock;
  random: Random;
  logger: Logger;
  onVerdict?(verdict: VerdictRow, judged: Case, view: ApiView): void;
}

/** What stays the same while a collector lives, and the configuration, which does not. */
interface Core {
  options: CollectorOptions;
  /** The configuration now in force. */
  config(): PantauConfig;
  keys: KeyPair;
  store: Store;
  fleet: Fleet;
  registers: Registers;
  own: OwnMetrics;
}

/** Puts the parts of a collector together; this file and `collector.ts` are the only ones that know them all. */
export async function assemble(options: CollectorOptions) {
  const { dataFolder, clock, logger } = options;
  prepareDataFolder(dataFolder);
  const keys = loadCollectorKeys(dataFolder);
  const operatorToken = loadOperatorToken(dataFolder);
  const tls = await tlsFor(options.config, dataFolder, clock);
  const store = openSqliteStore(databaseIn(dataFolder));
  let { config } = options;
  await noteConfiguration(config, { store, nowMs: clock.nowMs(), logger });
  const isDataset = (pd: string, dataset: string) =>
    config.perangkatDaerah.some((known) => known.id === pd && known.datasets.some((each) => each.id === dataset));
  const timezone = () => config.timezone;
  const fleet = await restoreFleet(store, { isDataset, timezone });
  const onChange = (pds: ReadonlySet<string | undefined>) => judging.touch(touchedBy(pds, config));
  const registers = await openRegisters({ port: store.registers, clock, logger, onChange });
  const core: Core = { options, config: () => config, keys, store, fleet, registers, own: createOwnMetrics(store) };

  const configurations = createAgentConfigurations({ fleet, privateKey: keys.privateKey, config });
  const { judging, sender, view } = judgingParts(core);
  const addresses = createPingAddresses(pingSecretOf(keys.privateKey), config);
  const onTouched = (touched: TouchedFacts) => judging.touch(touched);
  const door = { fleet, store, clock, logger, turns: createTurns(), onTouched };
  const pings = createPings({ ...door, addresses, count: core.own.countPing });
  const intake = createIntake({
    ...door,
    configVersionOf: (agent) => configurations.versionOf(agent.row),
    count: core.own.countReports,
  });
  const desk = deskParts(core, view);
  const handler = requestHandler(core, { intake, pings, judging, configurations, view, operatorToken, tls, desk });
  const background = { ...backgroundParts(core, view), serviceDesk: desk.serviceDesk };
  const { remoteWrite } = background;
  await remoteWrite.prepare();
  async function reload(next: PantauConfig): Promise<void> {
    config = next;
    // Somebody may have revoked a node meanwhile, by a command that writes to the store. In turn with the commits, which
    // carry what they know of an agent over to the next.
    await door.turns.take(async () => {
      for (const row of await store.loadAgents()) fleet.addAgent(row);
    });
    await noteConfiguration(next, { store, nowMs: clock.nowMs(), logger });
    addresses.reconfigure(next);
    configurations.reconfigure(next);
    sender.setChannels(next.notify);
    await judging.reconfigure(next);
    await remoteWrite.reconfigure(next.remoteWrite);
  }
  const { own } = core;
  return { tls, store, own, judging, registers, sender, view, intake, handler, ...background, reload };
}

/** What works on its own beside the requests. */
function backgroundParts({ options, store, own, config, keys }: Core, view: () => ApiView) {
  const maintenance = createMaintenance({
    ...options,
    store,
    retention: () => config().retention,
    dayOf: dayNames(() => config().timezone),
  });
  const remoteWrite = createRemoteWrite({
    ...options,
    configs: config().remoteWrite,
    folder: remoteWriteIn(options.dataFolder),
    port: store.remoteWrite,
    view,
    own,
    counters: own.remoteWrite,
  });
  const ledgerWriter = createLedgerWriter({ ...options, ledger: store.ledger, privateKey: keys.privateKey });
  const monthlyReports = createMonthlyReports({
    ...options,
    config,
    documents: store.documents,
    firstKnownMs: async () => firstOf((await store.loadAgents()).map(({ enrolledAtMs }) => enrolledAtMs)),
    onOutcome: own.countDocument,
  });
  return { maintenance, remoteWrite, ledgerWriter, monthlyReports };
}

function firstOf(instants: readonly number[]): number | undefined {
  return instants.length === 0 ? undefined : Math.min(...instants);
}

function judgingParts(core: Core): { judging: Judging; sender: OutboxSender; view(): ApiView } {
  const { options, store, fleet, registers, own } = core;
  const { clock, random, logger } = options;
  const sender = createOutboxSender({
    port: store.outbox,
    channels: core.config().notify,
    clock,
    random,
    logger,
    onDelivery: (channel, outcome) => own.countDelivery(channel, outcome),
  });
  const judging = createJudging({
    store,
    fleet,
    registers,
    clock,
    random,
    logger,
    config: core.config(),
    onVerdict: (verdict, judged) => options.onVerdict?.(verdict, judged, view()),
    onNotices: () => sender.kick(),
  });
  const view = (): ApiView => ({ config: core.config(), fleet, judging, registers, store, nowMs: clock.nowMs() });
  return { judging, sender, view };
}

/** What people enter, and the machines of which the register of hardware may know. */
function deskParts({ options, store, fleet, registers, config }: Core, view: () => ApiView) {
  const nodes = () => [...fleet.agents()].map(({ row }) => row);
  const attachments = createAttachments({
    ...options,
    folder: attachmentsIn(options.dataFolder),
    port: store.registers,
  });
  const isIncident = async (id: string) => (await store.incident(id)) !== undefined;
  const desk = createRegisterDesk({ ...options, registers, attachments, config, nodes, isIncident });
  const serviceDesk = createServiceDesk({
    ...options,
    ...desk,
    registers,
    store,
    config,
    describe: (incident) => incidentInWords(incident, view().judging, config()),
  });
  return { desk, serviceDesk, machines: () => seenMachines(nodes(), store) };
}

function requestHandler(
  core: Core,
  parts: {
    intake: Intake;
    pings: Pings;
    judging: Judging;
    configurations: ReturnType<typeof createAgentConfigurations>;
    view(): ApiView;
    operatorToken: string;
    tls: Certificate | undefined;
    desk: ReturnType<typeof deskParts>;
  },
): RequestListener {
  const { options, store, fleet, own, keys } = core;
  const { clock, random, logger } = options;
  const { intake, pings, configurations, view, operatorToken } = parts;
  const onEnrolled = (agent: AgentRow) => {
    const before = fleet.agent(agent.id)?.row ?? agent;
    fleet.addAgent(agent);
    // A machine that was moved leaves its old site without the one that was heard there.
    parts.judging.touch(placesOf([before, agent], core.config()));
  };
  const collectorPublicKey = exportPublicKey(keys.publicKey);
  const enrolment = { store, clock, collectorPublicKey, configFor: configurations.of, onEnrolled };
  const routers = createRouterTokens({ fleet, store, clock, onEnrolled });
  const routerAgents = createRouterAgents({ config: core.config, fleet, routers, intake, tls: parts.tls });
  const peerOf = createPeerOf(core.config);
  const rendered = createRenderedAgents();
  const app = createApp({
    view,
    peerOf,
    nowMs: () => clock.nowMs(),
    operatorToken,
    dataFolder: options.dataFolder,
    logger,
    desk: parts.desk.desk,
    machines: parts.desk.machines,
    metricsPage: (asked) => metricsPage(view(), own, asked, rendered),
    pings,
    enrol: (body, signature) => enrolAgent(enrolment, body, signature),
    configurationFor: configurations.requested,
    routerAgentFor: routerAgents.requested,
  });
  const reports = createReportsEndpoint({
    intake,
    routers,
    clock,
    random,
    logger,
    peerOf,
    count: own.countReports,
  });
  return (request, response) => {
    const [path] = request.method === 'POST' ? (request.url?.split('?', 1) ?? []) : [];
    if (path === reportsPath) reports.signed(request, response);
    else if (path === routerReportsPath) reports.shown(request, response);
    else app(request, response);
  };
}
