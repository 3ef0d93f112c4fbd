// What is said of the result on a screen, in Chinese.
import type { Phrases } from '../translations.ts';

export const screen: Phrases = {
  'the pager {1} ended with {2}; --no-pager does without one': '分页程序 {1} 以 {2} 退出；--no-pager 可不使用分页程序',
  'the pager "{1}" cannot be started: {2}': '无法启动分页程序“{1}”：{2}',
  'it needs a shell, and none is used': '它需要 shell，而这里不使用 shell',
  'there is no such program': '没有这个程序',
  'no permission': '没有权限',
  'the system refuses it': '系统拒绝启动',
  '{1}, of these rows only': '{1}，仅限这些行',
  'masked values: --show-personal': '被遮盖的值：--show-personal',
  'sandbox: made-up data': '沙盒：虚构数据',
  'asked: {1}': '查询了：{1}',
};
