import { describe, expect, test } from 'vitest';
import { type Need, shareWidth } from '../../src/output/text/layout.ts';

const need = (kind: Need['kind'], values: number, header = 4): Need => ({ kind, header, values });

describe('shareWidth', () => {
  test('gives every column what it needs when there is room', () => {
    expect(shareWidth([need('id', 36), need('money', 2, 6)], 42)).toEqual({ widths: [36, 6], legible: true });
  });

  test('cuts text first, then times, then ids', () => {
    const needs = [need('id', 36), need('instant', 30), need('text', 40)];
    expect(shareWidth(needs, 80).widths).toEqual([36, 30, 14]);
    expect(shareWidth(needs, 70).widths).toEqual([36, 26, 8]);
    expect(shareWidth(needs, 50).widths).toEqual([31, 11, 8]);
    expect(shareWidth(needs, 27)).toEqual({ widths: [8, 11, 8], legible: true });
  });

  test('keeps dates whole as long as texts and ids can give way', () => {
    expect(shareWidth([need('id', 36), need('date-text', 10), need('text', 40)], 26).widths).toEqual([8, 10, 8]);
    expect(shareWidth([need('id', 36), need('instant', 30), need('text', 40)], 22)).toEqual({ widths: [6, 11, 5], legible: false });
  });

  test('columns of one kind are cut to the same width', () => {
    expect(shareWidth([need('id', 36), need('id', 36), need('id', 10)], 51).widths).toEqual([21, 20, 10]);
    expect(shareWidth([need('text', 5_000), need('text', 20), need('text', 9)], 40).widths).toEqual([16, 15, 9]);
  });

  test('never cuts amounts and numbers, only their headers', () => {
    expect(shareWidth([need('money', 20, 30), need('text', 40)], 28)).toEqual({ widths: [20, 8], legible: true });
    expect(shareWidth([need('money', 20, 30), need('number', 2, 30), need('text', 40)], 20).widths).toEqual([20, 2, 1]);
  });

  test('says when nobody could read the result', () => {
    expect(shareWidth([need('id', 36), need('text', 40)], 15)).toEqual({ widths: [8, 7], legible: false });
    expect(shareWidth([need('id', 36), need('text', 40)], -7)).toEqual({ widths: [1, 1], legible: false });
    expect(shareWidth([need('money', 12)], 10)).toEqual({ widths: [12], legible: false });
  });
});
