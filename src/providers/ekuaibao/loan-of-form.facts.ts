// What the page on the loan package of a form says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

const missing = refusal(400, '根据借款单Id:8ZAbsRr6_QfA00, 获取不到对应的借款包,请核查');

export default {
  usage: '<flow-ids...>',
  request: 'GET /api/openapi/v1/loans/getLoanInfoByFlowId/$2a8bsS2qFgck00',
  keys: `
    version active createTime updateTime corporationId ownerId id total totalMoneyNode totalMoneyNode.standard
    totalMoneyNode.standardUnit totalMoneyNode.standardScale totalMoneyNode.standardSymbol totalMoneyNode.standardNumCode
    totalMoneyNode.standardStrCode reserved remain repayment state flowId title repaymentDate loanDate source sharedOwnerIds
    loanInfoRemind config config.isLimitRepaymentDate config.allowModifyRepaymentDateConfig config.limitRepaymentDateRange
    config.foreignCurrency config.writtenOffMaxTimes config.ability foreignCurrencyLoan foreignRemain foreignReserved
    foreignRepayment totalProfitAndLoss delayCount writtenOffRemainTimes budgetRemain transfer transferId`,
  printed: ['"total": 1000,', '"standard": "1000"', '"repaymentDate": 1591951080000', '"flowId": "xt0aYlzRI05w00"'],
  failures: [
    { about: 'no loan package of that form', status: 400, body: missing, exit: 21, code: '400' },
    { about: 'no loan package of that form, inside HTTP 200', status: 200, body: missing, exit: 21, code: '400' },
    { about: 'another bad request is no missing package', status: 400, body: refusal(400, '参数错误'), exit: 22 },
  ],
} satisfies EndpointFacts;
