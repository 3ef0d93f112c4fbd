// The requisition item (申请事项) as both calls that read one answer it.
import { any, type Fields, flag, group, id, instant, list, money, number, oneOf, someOf, text, values } from '../../core/fields.ts';
import { formTypes } from './codes.ts';
import { briefMoney, moneyFields } from './money.ts';

const open = { open: true } as const;
const optional = { open: true, optional: true } as const;

/** The complete list of the page on the list of requisitions. */
export const requisitionStates = {
  PROCESS: 'in progress',
  MANUAL_CLOSED: 'closed by hand or by the open API',
  FORCE_CLOSED: 'closed automatically or by force',
} as const;

export const requisitionFields = {
  id: id('Requisition', { of: 'form', about: 'the id of its form, too' }),
  code: text('Form number'),
  name: text('Name'),
  state: oneOf('State', requisitionStates),
  title: text('Title'),
  requisitionMoney: money('Requested'),
  expenseMoneyDone: money('Expensed'),
  expenseMoneyProcess: money('Being expensed'),
  requisitionDate: instant('Requested on', 'ms'),
  ownerId: id('Owner', { of: 'staff' }),
  submitterId: id('Submitted by', { of: 'staff' }),
  sharedOwnerIds: values('Shared with', { about: 'staff ids' }),
  flowId: id('Form', { of: 'form' }),
  requisitionMoneyNode: group('Requested with currency', moneyFields),
  related: list('Related forms', {
    id: id('Form', { of: 'form' }),
    code: text('Form number'),
    name: text('Name'),
    rule: any('Rule'),
    money: money('Amount'),
    state: text('State', { about: 'state of the form; of the requisition itself its own' }),
    formType: someOf('Form type', formTypes),
    moneyNode: group('Amount with currency', briefMoney, open),
    submitDate: instant('Submitted', 'ms'),
    isRequisition: flag('Is the requisition'),
    specificationId: id('Template'),
    specificationName: text('Template name'),
  }),
  changeLogs: list('History', {
    action: text('Action'),
    reason: text('Reason'),
    toStaffs: values('To'),
    fromStaff: id('From', { of: 'staff' }),
    createTime: instant('At', 'ms'),
    operatorId: id('By', { of: 'staff' }),
  }),
  details: list('Items', {
    feeTypeId: id('Fee type'),
    feeTypeForm: group(
      'Fee',
      {
        amount: group('Amount', briefMoney, open),
        writtenOffAmount: group('Written off', briefMoney, optional),
        unwrittenOffAmount: group('Not written off', briefMoney, optional),
        detailId: id('Item'),
        linkDetailEntityId: id('Item instance', { optional: true }),
        quantity: number('Quantity', { optional: true }),
        unitPrice: group('Unit price', briefMoney, optional),
        attachments: values('Attachments', { optional: true }),
        consumptionReasons: text('Reason', { optional: true }),
      },
      open,
    ),
    specificationId: id('Template'),
  }),
  closeLog: any('Closing log'),
  applyCloseRule: text('Closing rule'),
  createTime: instant('Created', 'ms'),
  updateTime: instant('Updated', 'ms'),
  active: flag('Active'),
  version: number('Version'),
  corporationId: id('Corporation'),
  specificationId: id('Template'),
  specificationName: text('Template name'),
  nameSpell: text('Name in pinyin'),
  ignoreUsageSpecificationIds: values('Ignored templates'),
  pipeline: number('Pipeline'),
  grayver: text('Release'),
  sourceCorporationId: id('Source corporation'),
  dataCorporationId: id('Data corporation'),
} as const satisfies Fields;
