// Which hosts are this machine: plain http is for them alone, no proxy stands in between, and no rate limit holds.
import net from 'node:net';

const addresses = new net.BlockList();
addresses.addSubnet('127.0.0.0', 8, 'ipv4');
addresses.addAddress('::1', 'ipv6');

/** Whether a host is this machine: 127.0.0.0/8, ::1, `localhost` and names below it. IPv6 with brackets, as URLs have it, or without. */
export function isLoopbackHost(hostname: string): boolean {
  const host = bareHost(hostname);
  const version = net.isIP(host);
  return version === 0 ? isLoopbackName(host) : addresses.check(host, version === 6 ? 'ipv6' : 'ipv4');
}

/** `localhost` and names below it, which RFC 6761 gives to this machine whatever a name server says. */
export function isLoopbackName(hostname: string): boolean {
  const host = bareHost(hostname);
  return host === 'localhost' || host.endsWith('.localhost');
}

/** A host in one spelling: small letters, without brackets and the dot of a full name. */
export function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
