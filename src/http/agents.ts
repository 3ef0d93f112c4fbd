// Own connection pools: verified TLS only, as many sockets as workers, and proxies as the environment asks for them.
import { X509Certificate } from 'node:crypto';
import dns from 'node:dns';
import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { HttpsProxyAgent } from 'hpagent';
import { ConfigError } from '../core/errors.ts';
import { late } from '../core/late.ts';
import { isLoopbackName } from '../core/loopback.ts';
import { say } from '../core/say.ts';
import { defaultPort, proxyFor } from './proxy.ts';

export interface AgentOptions {
  /** Sockets per host. */
  readonly concurrency: number;
  /** PEM text of authorities trusted besides the default ones. */
  readonly caPem?: string;
  /** Where the proxy variables are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Longest silence of a proxy before its tunnel stands. */
  readonly connectMs: number;
  /** Name resolution; the system's by default, but for names of this machine. */
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
  const lookup = options.lookup ?? lookUp;
  /** Of proxies, whose tunnels have no socket yet. */
  let closing: AbortController | undefined;
  const routes = new Map<string, Route>();
  const open: http.Agent[] = [];
  const secureContext = late(() => trustedContext(options.caPem));

  function buildPool(protocol: string, proxy: URL | undefined, keepAlive: boolean): Pool {
    const shared = { keepAlive, maxSockets: options.concurrency, lookup };
    if (protocol === 'http:') return { http: remember(new http.Agent(shared)) };
    const verified = { secureContext: secureContext(), rejectUnauthorized: true };
    if (proxy === undefined) return { https: remember(new https.Agent({ ...shared, ...verified })) };
    closing ??= new AbortController();
    setMaxListeners(0, closing.signal);
    const toProxy = { ...verified, signal: closing.signal, lookup };
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
      closing?.abort();
      for (const agent of open) agent.destroy();
    },
  };
}

const localAddresses = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Names of this machine never reach a name server, which might answer with another one (RFC 6761). */
const lookUp: net.LookupFunction = (hostname, options, callback) => {
  if (!isLoopbackName(hostname)) {
    dns.lookup(hostname, options, callback);
    return;
  }
  const fitting = localAddresses.filter(({ family }) => !options.family || `${options.family}`.endsWith(`${family}`));
  queueMicrotask(() => (options.all ? callback(null, fitting) : callback(null, fitting[0]?.address ?? '', fitting[0]?.family)));
};

/**
 * One context for all sockets: parsing the authorities anew for each would cost more than the handshake. The default authorities, and
 * those of a CA file. Throws ConfigError for a file without a usable certificate.
 */
export function trustedContext(caPem: string | undefined, add = addToStore): tls.SecureContext {
  const minVersion = 'TLSv1.2';
  const context = tls.createSecureContext({ minVersion });
  if (caPem === undefined) return context;
  const authorities = readAuthorities(caPem);
  return add(context, authorities) ? context : tls.createSecureContext({ minVersion, ca: [...tls.rootCertificates, ...authorities] });
}

/**
 * Adds to the default authorities that the context has. Naming them all, as the documents have it, reads some 140 certificates a second
 * time, 20 ms of every start; the method that does it for one by one is Node's own. False where there is none.
 */
function addToStore({ context }: { readonly context: unknown }, authorities: readonly string[]): boolean {
  if (!isStore(context)) return false;
  for (const authority of authorities) context.addCACert(authority);
  return true;
}

function isStore(context: unknown): context is { addCACert(pem: string): void } {
  return typeof context === 'object' && context !== null && 'addCACert' in context && typeof context.addCACert === 'function';
}

function readAuthorities(caPem: string): string[] {
  const blocks = caPem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || !blocks.every(isCertificate)) throw new ConfigError(say`the CA file holds no usable certificate in PEM form`);
  return [...blocks];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
