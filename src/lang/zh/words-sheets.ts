// What -o xlsx says, in Chinese.
import type { Phrases } from '../translations.ts';

export const sheets: Phrases = {
  '-o {1} needs --out: it is a file, not text': '-o {1} 需要 --out：它是文件，不是文本',
  '--out {1}.{2}': '--out {1}.{2}',
  '{1} columns, and a sheet holds {2}': '共 {1} 列，而工作表最多容纳 {2} 列',
  'choose some with --fields': '用 --fields 选择部分列',
  'a heading has {1} characters, and a cell of a sheet holds {2}': '列名有 {1} 个字符，而单元格最多容纳 {2} 个',
  '{1} has {2} characters, and a cell of a sheet holds {3}': '{1} 有 {2} 个字符，而单元格最多容纳 {3} 个',
  '--explode {1}, or -o csv': '用 --explode {1}，或 -o csv',
  '-o csv, or --fields without it': '用 -o csv，或在 --fields 中去掉它',
};
