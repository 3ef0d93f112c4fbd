// Ekuaibao in Chinese: money and code lists, which many answers hold.
import type { Dictionary } from '../translations.ts';

/** The money object of every answer. */
export const money: Dictionary = {
  standard: '本位币金额',
  standardUnit: '单位',
  standardScale: '精度',
  standardSymbol: '符号',
  standardNumCode: '币种数字代码',
  standardStrCode: '币种字母代码',
  foreign: '外币金额',
  foreignUnit: '外币单位',
  foreignScale: '外币精度',
  foreignSymbol: '外币符号',
  foreignNumCode: '外币数字代码',
  foreignStrCode: '外币字母代码',
  rate: '自定义汇率',
  sysRate: '系统配置汇率',
};

/** As much of it as forms show of their lesser amounts. */
export const briefMoney: Dictionary = {
  standard: '本位币金额',
  standardStrCode: '币种字母代码',
  foreign: '外币金额',
  foreignStrCode: '外币字母代码',
};

export const repaymentTypes: Dictionary = {
  '=OBTAIN': '获得借款',
  '=WRITEOFF': '核销还款',
  '=MANUAL': '手动还款',
  '=CASHIER': '强制还款',
  '=SHIFT': '转交',
  '=SHARE': '共享',
  '=CANCEL_SHARE': '取消共享',
  '=CONFIRM_SHARE': '确认共享',
  '=REJECT_SHARE': '拒绝共享',
  '=DELAY': '推迟',
  '=TRANSFER': '发起转交',
  '=CONFIRM': '确认转交',
  '=REFUSE': '拒绝转交',
  '=CHARGEAGAINST': '冲销',
  '=REVISE': '手动修改借款',
};

export const formTypes: Dictionary = {
  '=expense': '报销单',
  '=requisition': '申请单',
  '=application': '申请事项',
  '=loan': '借款单',
  '=repayment': '还款记录',
  '=payment': '付款单',
  '=receipt': '收款单',
  '=permit': '授权单',
  '=custom': '通用审批单',
  '=corpPayment': '对公付款单',
  '=reimbursement': '报账单',
};

export const formStates: Dictionary = {
  '=draft': '草稿',
  '=nullify': '已作废',
  '=pending': '提交中',
  '=approving': '审批中',
  '=rejected': '已驳回',
  '=paying': '待支付',
  '=PROCESSING': '支付中',
  '=paid': '已支付/审批完成',
  '=archived': '归档',
  '=sending': '寄送中',
  '=receiving': '收单中',
};

export const formActions: Dictionary = {
  '=freeflow.submit': '提交送审',
  '=freeflow.editApproving': '审批中修改',
  '=freeflow.delete': '删除单据',
  '=freeflow.retract': '撤回',
  '=freeflow.agree': '同意',
  '=freeflow.reject': '驳回',
  '=freeflow.remind': '打印提醒',
  '=freeflow.print': '打印',
  '=freeflow.addnode': '转交',
  '=freeflow.back': '回退',
  '=freeflow.comment': '评论',
  '=freeflow.modify': '修改',
  '=freeflow.activate': '激活',
  '=freeflow.receive': '确认收单',
  '=freeflow.nullify': '作废',
  '=freeflow.pay': '支付',
  '=freeflow.addExpress': '添加寄送信息',
  '=freeflow.jumpExpress': '跳过寄送',
  '=freeflow.shiftApprove': '转交审批',
  '=freeflow.addSignNode': '加签审批',
  '=freeflow.select.approver': '选择审批人',
  '=freeflow.alter': '单据变更',
  '=freeflow.carbonCopy': '抄送',
  '=freeflow.paying': '发起支付',
};
