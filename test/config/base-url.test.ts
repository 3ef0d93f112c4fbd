import { describe, expect, it } from 'vitest';
import { readBaseUrl } from '../../src/config/base-url.ts';

describe('base URL', () => {
  it.each([
    ['https://app.ekuaibao.com', 'https://app.ekuaibao.com'],
    ['https://app.ekuaibao.com/', 'https://app.ekuaibao.com'],
    ['https://gateway.example/loans/v2//', 'https://gateway.example/loans/v2'],
    ['HTTPS://Example.COM:443/A', 'https://example.com/A'],
    ['https://example.com:8443', 'https://example.com:8443'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://[::1]:3000/x', 'http://[::1]:3000/x'],
    ['http://sandbox.localhost:1', 'http://sandbox.localhost:1'],
  ])('%s', (given, url) => {
    expect(readBaseUrl(given)).toEqual({ url });
  });

  it.each([
    ['http://example.com', 'must use https (http is only for this machine)'],
    ['http://localhost.example.com', 'must use https (http is only for this machine)'],
    ['http://127.0.0.1.example.com', 'must use https (http is only for this machine)'],
    ['http://0.0.0.0', 'must use https (http is only for this machine)'],
    ['http://[::ffff:10.0.0.1]', 'must use https (http is only for this machine)'],
    ['https://user:pass-canary@example.com', 'must not hold a user name or password'],
    ['https://@example.com', 'must not hold a user name or password'],
    ['https://example.com?x=1', 'must not hold a query'],
    ['https://example.com/?', 'must not hold a query'],
    ['https://example.com/#x', 'must not hold a fragment'],
    ['https://exa mple.com', 'must not hold blanks, control characters or backslashes'],
    ['https://example.com\\@evil.example', 'must not hold blanks, control characters or backslashes'],
    ['https://example.com\n', 'must not hold blanks, control characters or backslashes'],
    ['ftp://example.com', 'must be a URL that begins with https://'],
    ['https:example.com', 'must be a URL that begins with https://'],
    ['https:///example.com', 'must be a URL that begins with https://'],
    ['example.com', 'must be a URL that begins with https://'],
    ['', 'must be a URL that begins with https://'],
    ['https://example.com:99999', 'is not a URL'],
    ['https://[::1', 'is not a URL'],
  ])('refuses %j', (given, fault) => {
    expect(readBaseUrl(given)).toEqual({ fault });
  });
});
