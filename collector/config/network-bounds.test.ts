import { expect, it } from 'vitest';
import { boundsOf } from './network-bounds.ts';

it.each([
  ['10.20.1.5/24', '10.20.1.0', '10.20.1.255', false],
  ['10.0.0.0/7', '10.0.0.0', '11.255.255.255', true],
  ['0.0.0.0/0', '0.0.0.0', '255.255.255.255', true],
  ['192.0.2.9/32', '192.0.2.9', '192.0.2.9', true],
  ['fd00::5/64', 'fd00::', 'fd00::ffff:ffff:ffff:ffff', false],
  ['::/0', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', true],
  ['2001:db8:0:0:1::/127', '2001:db8:0:0:1::', '2001:db8::1:0:0:1', true],
  ['64:ff9b::192.0.2.1/128', '64:ff9b::c000:201', '64:ff9b::c000:201', true],
])('%s is from %s to %s', (cidr, first, last, isAtFirst) => {
  expect(boundsOf(cidr)).toMatchObject({ first, last, isAtFirst });
});
