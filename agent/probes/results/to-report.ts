import type { ProbeConfig } from '../../../shared/agent-config-schema.ts';
import type { ProbeCertificate, ProbeHop, ReportProbe } from '../../../shared/probe-schema.ts';
import { cleanText } from '../../sensors/clean-text.ts';
import type { ProbeResult } from '../probe.ts';

/** The most that the schema takes; one row too many would cost the whole report. */
const maxAnswers = 8;
const maxHops = 30;

/** A result with the target that it speaks for, every text of it fit for a report. */
export function toReport(target: ProbeConfig, { kind = target.kind, state, ...result }: ProbeResult): ReportProbe {
  const { reason, answers, hops, certificate, ...figures } = result;
  const { name, layer, pd, site, node, host, everySeconds } = target;
  return {
    name: cleanText(name, 128) ?? '?',
    kind,
    layer,
    ...(pd === undefined ? {} : { pd }),
    ...(site === undefined ? {} : { site }),
    ...(node === undefined ? {} : { node }),
    target: cleanText(host, 255) ?? '?',
    state,
    ...(reason === undefined ? {} : { reason: cleanText(reason, 64) ?? '?' }),
    ...figures,
    ...(everySeconds === undefined ? {} : { everySeconds }),
    ...(certificate === undefined ? {} : { certificate: cleanCertificate(certificate) }),
    ...(answers === undefined
      ? {}
      : { answers: answers.slice(0, maxAnswers).flatMap((one) => cleanText(one, 255) ?? []) }),
    ...(hops === undefined ? {} : { hops: hops.slice(0, maxHops).map(cleanHop) }),
  };
}

function cleanCertificate({ subject, issuer, trust, ...rest }: ProbeCertificate): ProbeCertificate {
  return {
    ...rest,
    subject: cleanText(subject, 256) ?? '?',
    issuer: cleanText(issuer, 256) ?? '?',
    trust: cleanText(trust, 64) ?? '?',
  };
}

function cleanHop({ address, ...rest }: ProbeHop): ProbeHop {
  const clean = address === undefined ? undefined : cleanText(address, 64);
  return clean === undefined ? rest : { address: clean, ...rest };
}
