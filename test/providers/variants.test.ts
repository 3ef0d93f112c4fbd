// Shapes the documents describe in words beside their samples.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();

test('Ekuaibao: a loan in a foreign currency is no drift, and its amounts are columns', async () => {
  const money = {
    standard: '71.00',
    standardUnit: '元',
    standardScale: 2,
    standardSymbol: '¥',
    standardNumCode: '156',
    standardStrCode: 'CNY',
    foreign: '10.00',
    foreignUnit: '美元',
    foreignScale: 2,
    foreignSymbol: '$',
    foreignNumCode: '840',
    foreignStrCode: 'USD',
    rate: '7.1',
    sysRate: '7.1025',
  };
  const { value } = JSON.parse((await import('../../src/providers/ekuaibao/loan.example.json')).default);
  const stdin = JSON.stringify({ value: { ...value, totalMoneyNode: money } });
  const members = ['foreign', 'foreignUnit', 'foreignScale', 'foreignSymbol', 'foreignNumCode', 'foreignStrCode', 'rate', 'sysRate'];
  const fields = members.map(name => `totalMoneyNode.${name}`).join(',');
  const said = await runInProcess(['ekuaibao', 'loan', '--input', '-', '--strict', '--csv', '--fields', fields], { home, stdin });
  expect(said).toEqual({ code: 0, stderr: '', stdout: `${fields}\r\n10.00,美元,2,$,840,USD,7.1,7.1025\r\n` });
});
