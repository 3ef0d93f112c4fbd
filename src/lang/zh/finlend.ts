// FinCode FinLend in Chinese.
import type { Dictionary } from '../translations.ts';

export const finlend: Dictionary = {
  '*.loanApplicationId': '贷款申请ID',

  'customer-repayments.request.customer-id': '客户ID',
  'customer-repayments.id': '还款ID',
  'customer-repayments.loanRepaymentMethodEnum': '还款方式',
  'customer-repayments.loanRepaymentMethodEnum=DIRECT_DEBIT': '自动扣款',
  'customer-repayments.accountProductName': '账户产品',
  'customer-repayments.customerName': '客户姓名',
  'customer-repayments.email': '电子邮箱',
  'customer-repayments.repaymentAmount': '还款金额',
  'customer-repayments.loanProductName': '贷款产品',
  'customer-repayments.principalBalance': '未偿本金',
  'customer-repayments.totalBalance': '未偿总额',
  'customer-repayments.loanAmountPaid': '是否已还',
  'customer-repayments.creationDate': '创建日期',
  'customer-repayments.paymentDueDate': '应还日期',
  'customer-repayments.installmentCount': '分期数',
  'customer-repayments.accountId': '贷款账户ID',
  'customer-repayments.totalPayable': '应还总额',

  'pending-repayments.request.user-id': '用户ID',
  'pending-repayments.installmentNumber': '期数',
  'pending-repayments.dueDate': '应还日期',
  'pending-repayments.amountDue': '应还金额',
  'pending-repayments.principalAmount': '本金',
  'pending-repayments.interestAmount': '利息',
  'pending-repayments.status': '状态',
  'pending-repayments.status=PENDING': '待还',
  'pending-repayments.status=OVERDUE': '已逾期',
  'pending-repayments.daysOverdue': '逾期天数',
};
