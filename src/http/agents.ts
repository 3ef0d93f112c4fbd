// Own connection pools: verified TLS only, as many sockets as workers, and proxies as the environment asks for them.
import { X509Certificate } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { HttpsProxyAgent } from 'hpagent';
import { ConfigError } from '../core/errors.ts';
import { isLoopbackHost } from '../core/loopback.ts';

export interface AgentOptions {
  /** Sockets per host. */
  readonly concurrency: number;
  /** PEM text of authorities trusted besides the default ones. */
  readonly caPem?: string;
  /** Where the proxy variables are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Longest silence of a proxy before its tunnel stands. */
  readonly connectMs: number;
  /** Name resolution; the system's by default. */
  readonly lookup?: net.LookupFunction;
}

/** A pool of sockets, under the name of the scheme it serves. */
export type Pool = { readonly http: http.Agent } | { readonly https: https.Agent };

/** The pools for one origin. */
export interface Route {
  /** Sockets that are kept and used again. */
  readonly kept: Pool;
  /** A new socket for every request. */
  readonly fresh: Pool;
  /** `host:port` of the proxy in between. */
  readonly proxy: string | undefined;
}

export interface Agents {
  /** Throws ConfigError for a proxy variable or a CA file that cannot be used. */
  route(url: URL): Route;
  /** Ends every connection, idle or not. */
  close(): void;
}

// Node gives up on an address after 250 ms, too short for a distant host behind broken IPv6 (nodejs/node#54359).
const addressAttemptMs = 2500;

export function createAgents(options: AgentOptions): Agents {
  net.setDefaultAutoSelectFamilyAttemptTimeout(addressAttemptMs);
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const routes = new Map<string, Route>();
  const open: http.Agent[] = [];
  const secureContext = lazy(() => trustedContext(options.caPem));

  function buildPool(protocol: string, proxy: URL | undefined, keepAlive: boolean): Pool {
    const shared = { keepAlive, maxSockets: options.concurrency, ...(options.lookup && { lookup: options.lookup }) };
    if (protocol === 'http:') return { http: remember(new http.Agent(shared)) };
    const verified = { secureContext: secureContext(), rejectUnauthorized: true };
    if (proxy === undefined) return { https: remember(new https.Agent({ ...shared, ...verified })) };
    const toProxy = { ...verified, signal: closing.signal, ...(options.lookup && { lookup: options.lookup }) };
    const tunnel = { ...shared, ...verified, timeout: options.connectMs, proxy, proxyRequestOptions: toProxy };
    return { https: remember(new HttpsProxyAgent(tunnel)) };
  }

  function remember<A extends http.Agent>(agent: A): A {
    open.push(agent);
    return agent;
  }

  function buildRoute(protocol: string, proxy: URL | undefined): Route {
    const [kept, fresh] = [buildPool(protocol, proxy, true), buildPool(protocol, proxy, false)];
    return { kept, fresh, proxy: proxy && `${proxy.hostname}:${proxy.port || defaultPort(proxy)}` };
  }

  return {
    route: url => {
      const proxy = proxyFor(url, options.env);
      const name = `${url.protocol} ${proxy?.href ?? ''}`;
      const route = routes.get(name) ?? buildRoute(url.protocol, proxy);
      routes.set(name, route);
      return route;
    },
    close: () => {
      closing.abort();
      for (const agent of open) agent.destroy();
    },
  };
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** One context for all sockets: parsing the authorities anew for each would cost more than the handshake. */
function trustedContext(caPem: string | undefined): tls.SecureContext {
  return tls.createSecureContext({ minVersion: 'TLSv1.2', ...(caPem !== undefined && { ca: trustedAuthorities(caPem) }) });
}

/** The default authorities and those of a CA file. Throws ConfigError for a file without a usable certificate. */
export function trustedAuthorities(caPem: string): string[] {
  const blocks = caPem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || !blocks.every(isCertificate)) throw new ConfigError('the CA file holds no usable certificate in PEM form');
  return [...tls.rootCertificates, ...blocks];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

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
  if (!URL.canParse(address)) throw new ConfigError(`the proxy address in ${variable} cannot be read`);
  const proxy = new URL(address);
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
    throw new ConfigError(
      `${variable} names a proxy of the kind ${proxy.protocol.slice(0, -1)}; only http and https proxies are supported`,
    );
  }
  if (!isPercentEncoded(proxy.username) || !isPercentEncoded(proxy.password)) {
    throw new ConfigError(`user name or password in ${variable} is not percent-encoded correctly`);
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

function defaultPort(url: URL): string {
  return url.protocol === 'https:' ? '443' : '80';
}

function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function isListed(list: net.BlockList, host: string): boolean {
  const version = net.isIP(host);
  return version !== 0 && list.check(host, version === 6 ? 'ipv6' : 'ipv4');
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
  if (net.isIP(host) !== 0) return net.isIP(host) === net.isIP(address) && isListed(networkOf(address, prefix), host);
  const suffix = name.replace(/^\*?\./, '');
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

/** Holds nothing when the prefix length makes no sense. */
function networkOf(address: string, prefix: string | undefined): net.BlockList {
  const list = new net.BlockList();
  const family = net.isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const longest = family === 'ipv6' ? 128 : 32;
  const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (length <= longest) list.addSubnet(address, length, family);
  return list;
}
