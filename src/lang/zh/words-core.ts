// What is said of the vocabulary, and what stands around every message, in Chinese.
import type { Phrases } from '../translations.ts';

export const core: Phrases = {
  'this needs a terminal to ask on': '需要终端才能提问',
  'cannot read standard input: it is closed': '无法读取标准输入：它已关闭',
  'cannot read standard input: it is a directory': '无法读取标准输入：它是一个目录',
  'standard output': '标准输出',
  'it must be a number from {1} to {2}': '必须是 {1} 到 {2} 之间的数字',
  'it must be a whole number from {1}': '必须是不小于 {1} 的整数',
  'it must be a whole number from {1} to {2}': '必须是 {1} 到 {2} 之间的整数',
  '{1} cannot be a delimiter': '{1} 不能用作分隔符',
  'give one character such as ; or "tab"': '请给出一个字符，例如 ; 或 "tab"',
  '{1} "{2}" is no day or time': '{1} “{2}”不是日期或时间',
  'such as 2024-05-31, 2024-05-31T09:30:00Z or 2024-05-31T09:30:00+08:00':
    '例如 2024-05-31、2024-05-31T09:30:00Z 或 2024-05-31T09:30:00+08:00',
  '{1}: no page says in which zone the provider reads it, so "{2}" cannot be told in its time':
    '{1}：文档没有说明对方按哪个时区解读，因此无法换算“{2}”',
  'give a day or a time without a zone': '请给出不带时区的日期或时间',
  'the answer is nested deeper than {1} levels': '响应的嵌套超过 {1} 层',
  'the answer is too large: more than {1} values': '响应过大：超过 {1} 个值',
  'the answer gives a key twice': '响应中同一个键出现了两次',
  'the answer is not UTF-8': '响应不是 UTF-8',
  '{1} is empty': '{1} 为空',
  '{1} is longer than {2} bytes': '{1} 超过 {2} 字节',
  '{1} is not {2}': '{1} 不是有效值，应为 {2}',
  'unknown time zone: {1}': '未知时区：{1}',
  'use an IANA name such as Asia/Shanghai or America/Sao_Paulo, UTC, or an offset such as +08:00':
    '请用 IANA 名称（如 Asia/Shanghai、America/Sao_Paulo）、UTC 或 +08:00 这样的偏移',
  'it must be names separated by commas': '必须是用逗号分隔的名称',
  'a name is given twice': '有名称重复',
  'unknown provider: {1}': '未知系统：{1}',
  'error: ': '错误：',
  'hint: ': '提示：',
  'warning: ': '警告：',
  ' [request {1}]': '［请求 {1}］',
  'the reader closed the pipe': '读取方已关闭管道',
  'ended by {1}': '被 {1} 终止',
  'a bug in loanq': 'loanq 内部错误',
  'run again with LOANQ_DEBUG=1 and report the stack trace': '请设置 LOANQ_DEBUG=1 重新运行，并反馈堆栈信息',
  '{1}; {2}': '{1}；{2}',
  '; ': '；',
};
