/** Every kind of probe that agents know (agent/probes/registry.ts): what a target in `pantau.yaml` may be. */
export const probeKinds = ['icmp', 'tcp', 'http', 'tls', 'dns', 'path'] as const;
