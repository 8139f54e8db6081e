export const authProtocols = ['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
/** DES is left out: the cryptography of Node has it no more, and nobody should miss it. */
export const privProtocols = ['aes', 'aes256b', 'aes256r'] as const;

/** What opens a router for reading; an entry of `snmp.json`. Never logged, never sent anywhere but to the router. */
export type SnmpCredential = CommunityCredential | UserCredential;

export interface CommunityCredential {
  version: '2c';
  community: string;
}

/** SNMPv3 with authentication and encryption; less is not offered. */
export interface UserCredential {
  version: '3';
  user: string;
  authProtocol: (typeof authProtocols)[number];
  authKey: string;
  privProtocol: (typeof privProtocols)[number];
  privKey: string;
}
