import { expect, it } from 'vitest';
import { isLoopbackHost } from '../../src/core/loopback.ts';

it.each([
  ['localhost', true],
  ['LOCALHOST', true],
  ['localhost.', true],
  ['sandbox.localhost', true],
  ['a.b.localhost', true],
  ['127.0.0.1', true],
  ['127.255.0.1', true],
  ['::1', true],
  ['[::1]', true],
  ['[::ffff:7f00:1]', true],
  ['localhost.example.com', false],
  ['notlocalhost', false],
  ['.localhost.example', false],
  ['128.0.0.1', false],
  ['0.0.0.0', false],
  ['[::]', false],
  ['[::2]', false],
  ['[::ffff:a00:1]', false],
  ['127.0.0.1.example.com', false],
  ['', false],
])('isLoopbackHost(%s) is %s', (host, loopback) => {
  expect(isLoopbackHost(host)).toBe(loopback);
});
