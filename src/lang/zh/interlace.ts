// Interlace in Chinese: the terms of its own Chinese page, which leaves the account types in English.
import type { Dictionary } from '../translations.ts';

export const interlace: Dictionary = {
  '*.accountId': '账户 ID',
  '*.displayId': '显示 ID（账户短 ID）',
  '*.type': '账户类型',
  '*.type=0': 'Api Client',
  '*.type=1': 'Api Client Customer',
  '*.currency': '币种',
  '*.cardNegative': '卡负余额',
  '*.budgetNegative': '预算负余额',

  'account-repayment.cardSettleAmount': '卡结算金额',
  'account-repayment.budgetSettleAmount': '预算结算金额',
  'account-repayment.cardUnpaidAmount': '卡未付金额',
  'account-repayment.budgetUnpaidAmount': '预算未付金额',
  'account-repayment.repayTime': '还款统计时间',

  'account-negative.accountName': '账户名称',
  'account-negative.accountEn': '账户英文名称',
  'account-negative.statTime': '统计时间',

  'account-negative-bill.createTime': '创建时间',
  'account-negative-bill.total': '账单总数',
  'account-negative-bill.negativeUrl': '负余额账单 URL',

  'batch-hook.batchNo': '批次号',
  'batch-hook.page': '当前页码',
  'batch-hook.size': '每页记录数',
  'batch-hook.total': '总记录数',
  'batch-hook.lastPage': '是否最后一页',
  'batch-hook.fileUrl': '文件 URL',
  'batch-hook.list': '列表数据',
};
