// What `--watch` says, in Chinese.
import type { Phrases } from '../translations.ts';

export const watch: Phrases = {
  '--until "{1}" is no condition': '--until "{1}" 不是条件',
  'such as --until status=processed': '例如 --until status=processed',
  '--until {1}: it is no single value': '--until {1}：它不是单个值',
  'such as {1}': '例如 {1}',
  '--until {1}: "{2}" is no number': '--until {1}："{2}" 不是数字',
  'such as 10.50, with a point': '例如 10.50，使用小数点',
  '--until {1}: "{2}" is neither true nor false': '--until {1}："{2}" 既不是 true 也不是 false',
  '--until {1}: "{2}" is no code of it': '--until {1}："{2}" 不是它的代码',
  'codes: {1}': '代码：{1}',
  'for many keys or a list: a run from cron, and --against for what has changed (docs/cron.md)':
    '多个标识或列表：用 cron 定时运行，并用 --against 查看变化（docs/cron.md）',
  '--until needs --watch': '--until 需要 --watch',
  '--watch is for one key': '--watch 只用于一个标识',
  '--watch is for a record that is read by its key; {1} is a list': '--watch 用于按标识读取的记录；{1} 是列表',
  '--watch cannot be combined with {1}': '--watch 不能与 {1} 一起使用',
  '--watch cannot write -o {1}, which is nothing before its end': '--watch 不能写 -o {1}，它在结束之前没有意义',
  'it writes {1}; without -o a record on a terminal, ndjson in a pipe': '可写 {1}；不给 -o 时，终端上是记录，管道中是 ndjson',
  'until {1}: reached after {2}': '直到 {1}：用时 {2} 达到',
  '{1}: {2} is not found any more': '{1}：已找不到 {2}',
  '{1}: {2} answers again': '{1}：{2} 恢复应答',
  '{1}: every {2} s, look {3} at {4} (Ctrl-C stops)': '{1}：每 {2} 秒一次，第 {3} 次于 {4}（Ctrl-C 停止）',
  'last seen {1}: {2}': '最后一次看到 {1}：{2}',
};
