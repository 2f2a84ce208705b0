// What an IP address is good for: only global unicast is the public internet; everything else may be somebody's inside.

import ipaddr from 'ipaddr.js';

/** `forbidden` addresses are never reached, whatever is declared: link-local, metadata, tunnels, multicast, reserved … */
export type AddressKind = 'public' | 'loopback' | 'private' | 'forbidden';

/** Clouds' metadata outside the ranges that say so by themselves: AWS over IPv6, Azure's wire server. */
const METADATA = new Set(['fd00:ec2::254', '168.63.129.16']);

/** IANA allocates global unicast from this block alone; what lies outside (::/96, NAT64, site-local) is refused. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** Says what an address in text form is; what cannot be read is forbidden. IPv4 mapped in IPv6 counts as its IPv4. */
export function addressKind(address: string): AddressKind {
  if (address.includes('%') || !ipaddr.isValid(address)) return 'forbidden';
  const parsed = mappedOrItself(ipaddr.parse(address));
  if (METADATA.has(parsed.toString())) return 'forbidden';
  const range = parsed.range();
  if (range === 'loopback') return 'loopback';
  if (range === 'private' || range === 'uniqueLocal') return 'private';
  if (range !== 'unicast') return 'forbidden';
  return parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_UNICAST) ? 'forbidden' : 'public';
}

/** True where `address` lies in one of the networks, written as `10.2.0.0/16` or `fd12::/32`. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = mappedOrItself(ipaddr.parse(address));
  return networks.some((network) => {
    if (!ipaddr.isValidCIDR(network)) return false;
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === parsed.kind() && parsed.match(base, bits);
  });
}

/** Only ::ffff:a.b.c.d is a mapped address; ::a.b.c.d (deprecated) stays the IPv6 address it is. */
function mappedOrItself(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6) || address.parts[5] !== 0xffff) return address;
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}
