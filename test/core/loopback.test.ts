import net from 'node:net';
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

it('tells names and IPv4 as Node does', () => {
  const list = new net.BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const parts = [
    '127',
    '0',
    '1',
    '00',
    '01',
    '007',
    '255',
    '256',
    '2550',
    '99',
    '100',
    '199',
    '249',
    '26',
    '',
    ' 1',
    '1e1',
    '0x7f',
    'a',
    '１',
  ];
  let loopback = 0;
  for (let round = 0; round < 50_000; round += 1) {
    const host = ['127', ...Array.from({ length: 2 + random(3) }, () => parts[random(parts.length)])]
      .slice(random(20) === 0 ? 1 : 0)
      .join('.');
    const bare = host.replace(/\.$/, '');
    const expected = net.isIP(bare) === 4 && list.check(bare, 'ipv4');
    if (expected) loopback += 1;
    if (isLoopbackHost(host) !== expected) expect([host, isLoopbackHost(host)]).toEqual([host, expected]);
  }
  expect(loopback).toBeGreaterThan(1_000);
});
