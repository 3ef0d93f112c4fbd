// The loan package (借款包) as both calls that read one answer it. What only one of the two samples prints is optional.
import { any, type Fields, flag, group, id, instant, money, number, someOf, text, values } from '../../core/fields.ts';
import type { Unified } from '../../core/unified.ts';
import { moneyFields } from './money.ts';

/** The word that everybody reads wrong once. */
export const openState = 'State REPAID means awaiting repayment: it is the open state. PAID means fully repaid.';

export const loanFields = {
  id: id('Loan package', { of: 'loan' }),
  state: someOf('State', { REPAID: 'awaiting repayment (open)', PAID: 'fully repaid' }, { tones: { REPAID: 'waiting', PAID: 'good' } }),
  total: money('Total'),
  remain: money('Remaining', { about: 'balance still to repay' }),
  reserved: money('Reserved', { about: 'repayment submitted, receipt not yet confirmed by the cashier' }),
  repayment: money('Repaid', { about: 'repayment whose receipt the cashier confirmed' }),
  repaymentDate: instant('Due', 'ms', { none: { is: '9007199254740991', say: 'no due date' } }),
  loanDate: instant('Lent', 'ms'),
  title: text('Loan form'),
  code: text('Form number', { optional: true }),
  ownerId: id('Borrower', { of: 'staff' }),
  flowId: id('Form', { of: 'form' }),
  source: someOf('Source', { REQUISITION: 'from a requisition', LOAN: 'from a loan form' }),
  totalMoneyNode: group('Total with currency', moneyFields),
  sharedOwnerIds: values('Shared with', { about: 'staff sharing the loan, borrower included' }),
  loanInfoRemind: flag('Reminder on'),
  config: group('Settings', {
    isLimitRepaymentDate: flag('Due date limited'),
    allowModifyRepaymentDateConfig: any('Due date may be changed'),
    limitRepaymentDateRange: any('Due date range'),
    foreignCurrency: flag('Foreign currency'),
    writtenOffMaxTimes: any('Write-off limit'),
    autoShare: any('Auto share', { optional: true }),
    allShare: any('Share with all', { optional: true }),
    ability: any('Ability', { optional: true }),
  }),
  createTime: instant('Created', 'ms'),
  updateTime: instant('Updated', 'ms'),
  active: flag('Active'),
  version: number('Version'),
  corporationId: id('Corporation'),
  notConfirmOwnerIds: values('Not confirmed by', { optional: true }),
  overage: any('Overage', { optional: true }),
  foreignOverage: any('Foreign overage', { optional: true }),
  infoType: text('Kind', { optional: true }),
  realArrivalDate: instant('Arrived', 'ms', { optional: true }),
  foreignCurrencyLoan: any('Foreign currency loan', { optional: true }),
  foreignRemain: any('Foreign remaining', { optional: true }),
  foreignReserved: any('Foreign reserved', { optional: true }),
  foreignRepayment: any('Foreign repaid', { optional: true }),
  totalProfitAndLoss: any('Total profit and loss', { optional: true }),
  delayCount: number('Postponed', { optional: true }),
  writtenOffRemainTimes: any('Write-offs left', { optional: true }),
  budgetRemain: any('Budget remaining', { optional: true }),
  transfer: flag('Handed over', { optional: true }),
  transferId: id('Hand-over', { optional: true }),
  pipeline: number('Pipeline', { optional: true }),
  grayver: text('Release', { optional: true }),
  sourceCorporationId: id('Source corporation', { optional: true }),
  dataCorporationId: id('Data corporation', { optional: true }),
} as const satisfies Fields;

export const unifiedLoan: Unified = {
  kind: 'loan',
  id: 'id',
  status: 'state',
  amount: 'total',
  currency: 'totalMoneyNode.standardStrCode',
  outstanding: 'remain',
  date: 'loanDate',
  due: 'repaymentDate',
  party: 'ownerId',
  loan: 'id',
  title: 'title',
};
