// The form (单据) as the calls that read forms answer it. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-forms-details-byStaff.
// What a form holds depends on its type and on the tenant, so all of it is optional and more may be there; loan forms are declared in full.
import { any, type Fields, flag, group, id, instant, list, money, number, someOf, text, values } from '../../core/fields.ts';
import type { Unified } from '../../core/unified.ts';
import { formActions, formStates, formTones, formTypes } from './codes.ts';
import { briefMoney, moneyFields } from './money.ts';

const optional = { optional: true } as const;
const brief = { open: true, optional: true } as const;

const contents = {
  code: text('Form number', optional),
  title: text('Title', optional),
  loanMoney: group('Loan amount', moneyFields, optional),
  payMoney: group('Paid out', moneyFields, optional),
  loanDate: instant('Lent', 'ms', optional),
  repaymentDate: instant('Due', 'ms', { ...optional, none: { is: '9007199254740991', say: 'no due date' } }),
  submitDate: instant('Submitted', 'ms', optional),
  payDate: instant('Paid', 'ms', optional),
  flowEndTime: instant('Finished', 'ms', { ...optional, about: 'when the form became paid' }),
  submitterId: id('Submitted by', { ...optional, of: 'staff' }),
  loanDepartment: id('Borrowing department', optional),
  specificationId: id('Template', { ...optional, about: 'template id and version' }),
  payeeId: id('Payee account', optional),
  paymentAccountId: id('Paying account', optional),
  expenseMoney: group('Expense amount', briefMoney, brief),
  requisitionMoney: group('Requested', briefMoney, brief),
  receiptMoney: group('Received', briefMoney, brief),
  writtenOffMoney: group('Written off', briefMoney, brief),
  companyRealPay: group('Paid by the company', briefMoney, brief),
  writtenOffRecords: list(
    'Loans written off',
    { id: id('Loan package', { of: 'loan' }), amount: money('Amount', { adds: true }), loanId: id('Loan form', { of: 'form' }) },
    optional,
  ),
  linkRequisitionInfo: id('Supplements', { ...optional, of: 'form', about: 'the form that a supplementary requisition belongs to' }),
  description: text('Description', optional),
  voucherNo: text('Voucher', optional),
  voucherStatus: text('Voucher status', optional),
  voucherCreateTime: any('Voucher made', { ...optional, about: 'milliseconds; 0 where there is none' }),
  printCount: number('Printed', optional),
  printState: text('Print state', optional),
  preNodeApprovedTime: instant('Last step approved', 'ms', optional),
  attachments: values('Attachments', optional),
} as const satisfies Fields;

export const formFields = {
  id: id('Form', { of: 'form' }),
  formType: someOf('Form type', formTypes),
  state: someOf('State', formStates, { tones: formTones }),
  form: group('Contents', contents, { open: true }),
  ownerId: id('Owner', { of: 'staff' }),
  ownerDefaultDepartment: id('Department'),
  createTime: instant('Created', 'ms'),
  updateTime: instant('Updated', 'ms', { about: 'moves with approval and with edits' }),
  active: flag('Active', { about: 'false: deleted' }),
  flowType: text('Flow type'),
  logs: list('Approval', {
    action: someOf('Action', formActions),
    state: someOf('State after', formStates, { tones: formTones }),
    operatorId: id('By', { of: 'staff' }),
    byDelegateId: id('As delegate of'),
    operatorDefaultDepartment: id('Department'),
    nextOperatorId: id('Next'),
    nextOperatorIds: values('All next'),
    time: instant('At', 'ms'),
    attributes: any('Details'),
    modifyFlowLog: any('Edits'),
    attachments: values('Attachments'),
  }),
  actions: any('Allowed actions', { about: 'by staff id' }),
  invoiceRemind: flag('Invoice reminder'),
  version: number('Version'),
  corporationId: id('Corporation'),
  pipeline: number('Pipeline'),
  grayver: text('Release'),
  sourceCorporationId: id('Source corporation'),
  dataCorporationId: id('Data corporation'),
} as const satisfies Fields;

/** A loan form is one of its amount, loan date and due date; other types fill what they have. */
export const unifiedForm: Unified = {
  kind: 'form',
  id: 'id',
  event: 'formType',
  status: 'state',
  amount: 'form.loanMoney.standard',
  currency: 'form.loanMoney.standardStrCode',
  date: 'form.loanDate',
  due: 'form.repaymentDate',
  party: 'ownerId',
  title: 'form.title',
};
