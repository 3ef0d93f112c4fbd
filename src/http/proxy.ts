// Which proxy a URL goes through, by the variables that curl reads. Loopback never goes through one.
import net from 'node:net';
import { ConfigError } from '../core/errors.ts';
import { bareHost, isLoopbackHost } from '../core/loopback.ts';
import { say } from '../core/say.ts';

const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL, undefined for none. Plain http is for loopback only, and loopback never goes through a proxy.
 * The first variable that is set and not empty wins, lower case first as with curl.
 */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  if (url.protocol !== 'https:' || isLoopbackHost(url.hostname)) return undefined;
  const variable = proxyVariables.find(name => env[name]?.trim());
  if (variable === undefined || isExempt(url, env.no_proxy || env.NO_PROXY || '')) return undefined;
  return parseProxy(env[variable]?.trim() ?? '', variable);
}

function parseProxy(text: string, variable: string): URL {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) throw new ConfigError(say`the proxy address in ${variable} cannot be read`);
  const proxy = new URL(address);
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
    throw new ConfigError(
      say`${variable} names a proxy of the kind ${proxy.protocol.slice(0, -1)}; only http and https proxies are supported`,
    );
  }
  if (!isPercentEncoded(proxy.username) || !isPercentEncoded(proxy.password)) {
    throw new ConfigError(say`user name or password in ${variable} is not percent-encoded correctly`);
  }
  return proxy;
}

function isPercentEncoded(text: string): boolean {
  try {
    return typeof decodeURIComponent(text) === 'string';
  } catch {
    return false;
  }
}

/** The port a URL means when it names none. */
export function defaultPort(url: URL): string {
  return url.protocol === 'https:' ? '443' : '80';
}

/** The rules of NO_PROXY as curl reads them: `*`, names with everything below them, addresses, networks, each with an optional port. */
function isExempt(url: URL, noProxy: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port || defaultPort(url);
  return noProxy.split(/[\s,]+/).some(entry => entry !== '' && matchesEntry(entry.toLowerCase(), host, port));
}

function matchesEntry(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const withPort = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry);
  if (withPort?.[2] !== undefined && withPort[2] !== port) return false;
  const name = bareHost(withPort?.[1] ?? entry);
  const [address = '', prefix] = name.split('/');
  if (net.isIP(host) !== 0) return net.isIP(host) === net.isIP(address) && networkOf(address, prefix).check(host, familyOf(host));
  const suffix = name.replace(/^\*?\./, '');
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

/** Holds nothing when the prefix length makes no sense. */
function networkOf(address: string, prefix: string | undefined): net.BlockList {
  const list = new net.BlockList();
  const family = familyOf(address);
  const longest = family === 'ipv6' ? 128 : 32;
  const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (length <= longest) list.addSubnet(address, length, family);
  return list;
}

function familyOf(address: string): net.IPVersion {
  return net.isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
