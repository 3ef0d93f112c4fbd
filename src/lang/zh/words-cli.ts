// What is said of the command line, in Chinese.
import type { Phrases } from '../translations.ts';

export const cli: Phrases = {
  'there is no completion for {1}': '没有适用于 {1} 的补全脚本',
  'one of {1}': '可选：{1}',
  '{1} has no endpoint {2}': '{1} 没有接口 {2}',
  'did you mean {1} {2}?': '是不是 {1} {2}？',
  'ask for the id itself: {1}': '请用标识本身查询：{1}',
  'loanq lookup {1}, or one of {2}': 'loanq lookup {1}，或其中之一：{2}',
  'there is no help topic {1}': '没有帮助主题 {1}',
  'topics: {1}': '主题：{1}',
  'missing endpoint of {1}': '缺少 {1} 的接口名',
  "option '{1}' argument '{2}': {3}": "选项 '{1}' 的值 '{2}'：{3}",
  '{1} is given twice with different values': '{1} 给出了两次且值不同',
  'it must be one of {1}': '必须是以下之一：{1}',
  'it must not be empty': '不能为空',
  'it must be a whole number': '必须是整数',
  'it must be {1}': '必须是 {1}',
  'which shell?': '哪种 shell？',
  'nothing to do': '没有可做的事',
  "unknown command '{1}'": "未知命令 '{1}'",
  "unknown option '{1}'": "未知选项 '{1}'",
  "missing required argument '{1}'": "缺少必需的参数 '{1}'",
  "option '{1}' argument missing": "选项 '{1}' 缺少值",
  'too many arguments. Expected {1} but got {2}': '参数过多：应为 {1} 个，实为 {2} 个',
  "too many arguments for '{1}'. Expected {2} but got {3}": "'{1}' 的参数过多：应为 {2} 个，实为 {3} 个",
  'secrets never go on the command line: name them in a profile (loanq help profiles)':
    '密钥绝不写在命令行上：请在配置档中引用（loanq help profiles）',
  'did you mean {1}?': '是不是 {1}？',
  'a key that begins with - goes after --': '以 - 开头的标识要放在 -- 之后',
  'see: {1}': '参见：{1}',
};
