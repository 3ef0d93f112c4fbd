// Which hosts are this machine: plain http is for them alone, no proxy stands in between, and no rate limit holds.
import net from 'node:net';

/** Made for the first address that is asked about: most starts ask about none. */
let addresses: net.BlockList | undefined;

function makeAddresses(): net.BlockList {
  const list = new net.BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  return list;
}

const loopback4 = /^127(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/;

/** Whether a host is this machine: 127.0.0.0/8, ::1, `localhost` and names below it. IPv6 with brackets, as URLs have it, or without. */
export function isLoopbackHost(hostname: string): boolean {
  const host = bareHost(hostname);
  // Most hosts are names: they and IPv4 are told without Node's module for sockets, which takes milliseconds to load.
  if (!host.includes(':')) return loopback4.test(host) || isLoopbackName(host);
  const version = net.isIP(host);
  if (version === 0) return isLoopbackName(host);
  addresses ??= makeAddresses();
  return addresses.check(host, version === 6 ? 'ipv6' : 'ipv4');
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
