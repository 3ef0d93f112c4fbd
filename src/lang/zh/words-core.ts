// What stands around every message, and what the vocabulary itself says, in Chinese.
import type { Phrases } from '../translations.ts';

export const core: Phrases = {
  'error: ': '错误：',
  'hint: ': '提示：',
  'warning: ': '警告：',
  ' [request {1}]': '［请求 {1}］',
  'the reader closed the pipe': '读取方已关闭管道',
  'ended by {1}': '被 {1} 终止',
  'a bug in loanq': 'loanq 内部错误',
  'run again with LOANQ_DEBUG=1 and report the stack trace': '请设置 LOANQ_DEBUG=1 重新运行，并反馈堆栈信息',
};
