// Which requests go through which proxy, read from the environment as curl reads it.
import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/http/proxy.ts';

type Env = Record<string, string | undefined>;
const proxyOf = (url: string, env: Env) => proxyFor(new URL(url), env)?.href;

describe('proxyFor', () => {
  it.each<[Env, string | undefined]>([
    [{}, undefined],
    [{ HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
    [{ https_proxy: 'http://p:1' }, 'http://p:1/'],
    [{ HTTP_PROXY: 'http://p:1' }, 'http://p:1/'],
    [{ http_proxy: 'http://p:1' }, 'http://p:1/'],
    [{ ALL_PROXY: 'http://p:1' }, 'http://p:1/'],
    [{ all_proxy: 'http://p:1' }, 'http://p:1/'],
    [{ HTTPS_PROXY: 'https://p' }, 'https://p/'],
    [{ HTTPS_PROXY: ' p.example:3128 ' }, 'http://p.example:3128/'],
    [{ HTTPS_PROXY: 'localhost:3128' }, 'http://localhost:3128/'],
    [{ HTTPS_PROXY: 'user:secret@p:1' }, 'http://user:secret@p:1/'],
    [{ HTTPS_PROXY: '', ALL_PROXY: 'http://p:2' }, 'http://p:2/'],
    [{ https_proxy: 'http://p:1', HTTPS_PROXY: 'http://p:2', http_proxy: 'http://p:3', all_proxy: 'http://p:4' }, 'http://p:1/'],
    [{ HTTPS_PROXY: 'http://p:2', http_proxy: 'http://p:3', all_proxy: 'http://p:4' }, 'http://p:2/'],
    [{ http_proxy: 'http://p:3', all_proxy: 'http://p:4' }, 'http://p:3/'],
  ])('of %j is %s', (env, proxy) => {
    expect(proxyOf('https://api.example.com/x', env)).toBe(proxy);
  });

  it.each([
    ['http://[', 'the proxy address in HTTPS_PROXY cannot be read'],
    ['http://p:99999', 'the proxy address in HTTPS_PROXY cannot be read'],
    ['socks5://joe:secret@p:1080', 'HTTPS_PROXY names a proxy of the kind socks5; only http and https proxies are supported'],
    ['http://joe:secret%zz@p:1', 'user name or password in HTTPS_PROXY is not percent-encoded correctly'],
    ['http://joe:secret%ff@p:1', 'user name or password in HTTPS_PROXY is not percent-encoded correctly'],
  ])('refuses %s without showing it', (address, message) => {
    expect(() => proxyOf('https://api.example.com', { HTTPS_PROXY: address })).toThrow(
      expect.objectContaining({ name: 'ConfigError', exit: 20, message }),
    );
  });

  it('does not mind a broken address where no proxy is used', () => {
    expect(proxyOf('http://127.0.0.1:8080', { HTTPS_PROXY: 'socks5://x' })).toBeUndefined();
    expect(proxyOf('https://api.example.com', { HTTPS_PROXY: 'socks5://x', NO_PROXY: '*' })).toBeUndefined();
  });

  it.each([
    'http://127.0.0.1:8080',
    'https://127.0.0.1',
    'https://127.1.2.3',
    'https://127.1',
    'https://[::1]:8443',
    'https://localhost',
    'https://LOCALHOST.',
    'https://api.localhost:8443',
  ])('never sends %s through a proxy', url => {
    expect(proxyOf(url, { HTTPS_PROXY: 'http://p', HTTP_PROXY: 'http://p', ALL_PROXY: 'http://p' })).toBeUndefined();
  });

  it.each([
    ['api.example.com', true],
    ['example.com', true],
    ['.example.com', true],
    ['*.example.com', true],
    ['EXAMPLE.com.', true],
    ['*', true],
    ['other.test, example.com', true],
    ['other.test example.com', true],
    ['example.com:443', true],
    ['example.com:8443', false],
    ['ample.com', false],
    ['api.example', false],
    ['v2.api.example.com', false],
    ['.', false],
    [':443', false],
    ['', false],
    [' , ,', false],
    ['10.0.0.0/8', false],
  ])('with NO_PROXY=%s exempts api.example.com: %s', (list, exempt) => {
    expect(proxyOf('https://api.example.com/x', { HTTPS_PROXY: 'http://p', NO_PROXY: list }) === undefined).toBe(exempt);
  });

  it.each([
    ['10.1.2.3', true],
    ['10.0.0.0/8', true],
    ['10.1.2.3:443', true],
    ['10.1.2.3:80', false],
    ['11.0.0.0/8', false],
    ['10.0.0.0/0', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0/x', false],
    ['10.0.0.0/', false],
    ['1.2.3', false],
    ['0.1.2.3', false],
    ['::/0', false],
  ])('with no_proxy=%s exempts 10.1.2.3: %s', (list, exempt) => {
    expect(proxyOf('https://10.1.2.3', { HTTPS_PROXY: 'http://p', no_proxy: list }) === undefined).toBe(exempt);
  });

  it.each([
    ['fd00::1', true],
    ['[fd00::1]', true],
    ['[fd00::1]:8443', true],
    ['[fd00::1]:443', false],
    ['FD00::/8', true],
    ['fe80::/10', false],
  ])('with NO_PROXY=%s exempts [fd00::1]:8443: %s', (list, exempt) => {
    expect(proxyOf('https://[fd00::1]:8443', { HTTPS_PROXY: 'http://p', NO_PROXY: list }) === undefined).toBe(exempt);
  });
});
