import { describe, expect, test } from 'vitest';
import { layOut, type Need } from '../../src/output/text/layout.ts';

const need = (rank: Need['rank'], most: number, least: number, heading = 4, folded = heading): Need => ({
  rank,
  most,
  least,
  heading,
  folded,
});

describe('layOut', () => {
  test('gives every column what it needs when there is room', () => {
    expect(layOut([need('id', 36, 9), need('exact', 2, 2, 6)], 44)).toEqual({ widths: [36, 6], legible: true });
  });

  test('folds headings first, then cuts long texts, then ids, then texts to their least', () => {
    const needs = [need('id', 36, 9), need('text', 16, 16, 20, 10), need('text', 40, 8)];
    expect(layOut(needs, 100).widths).toEqual([36, 20, 40]);
    expect(layOut(needs, 96).widths).toEqual([36, 16, 40]);
    expect(layOut(needs, 86).widths).toEqual([36, 16, 30]);
    expect(layOut(needs, 60).widths).toEqual([20, 16, 20]);
    expect(layOut(needs, 46).widths).toEqual([9, 16, 17]);
    expect(layOut(needs, 37)).toEqual({ widths: [9, 16, 8], legible: true });
  });

  test('leaves columns out from the right before one is cut below its least', () => {
    const needs = [need('id', 36, 9), need('text', 16, 16), need('text', 40, 8), need('exact', 3, 3)];
    expect(layOut(needs, 43)).toEqual({ widths: [9, 16, 8, 4], legible: true });
    expect(layOut(needs, 42)).toEqual({ widths: [9, 16, 13], legible: true });
    expect(layOut(needs, 36)).toEqual({ widths: [18, 16], legible: true });
  });

  test('a column that would fit is not shown behind one that does not', () => {
    expect(layOut([need('id', 8, 8), need('text', 4, 4), need('exact', 40, 40), need('exact', 1, 1)], 30).widths).toEqual([8, 4]);
  });

  test('columns of one kind are cut to the same width', () => {
    expect(layOut([need('id', 36, 9), need('id', 36, 9), need('id', 10, 9)], 55).widths).toEqual([21, 20, 10]);
    expect(layOut([need('text', 5_000, 8), need('text', 20, 8), need('text', 9, 8)], 44).widths).toEqual([16, 15, 9]);
  });

  test('says when nobody could read the result', () => {
    expect(layOut([need('id', 36, 9), need('text', 40, 8)], 18)).toEqual({ widths: [18], legible: false });
    expect(layOut([need('id', 36, 9), need('text', 40, 8)], -7)).toEqual({ widths: [9], legible: false });
    expect(layOut([need('exact', 12, 12)], 12)).toEqual({ widths: [12], legible: true });
    expect(layOut([need('exact', 12, 12)], 10)).toEqual({ widths: [12], legible: false });
  });
});
