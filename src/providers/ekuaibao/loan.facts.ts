// What the loan package page of Ekuaibao says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

const missing = refusal(400, '根据借款包Id:ID_3HV7_Hq1yKw, 获取不到对应的借款包,请核查');

export default {
  usage: '<ids...>',
  request: 'GET /api/openapi/v1/loan/loanInfo/$ID_3HV7_Hq1yKw',
  keys: `
    pipeline grayver version active createTime updateTime corporationId sourceCorporationId dataCorporationId ownerId id total
    totalMoneyNode totalMoneyNode.standard totalMoneyNode.standardUnit totalMoneyNode.standardScale totalMoneyNode.standardSymbol
    totalMoneyNode.standardNumCode totalMoneyNode.standardStrCode foreignCurrencyLoan foreignRemain foreignReserved foreignRepayment
    foreignOverage reserved remain repayment overage totalProfitAndLoss state flowId title repaymentDate loanDate source
    sharedOwnerIds notConfirmOwnerIds loanInfoRemind config config.isLimitRepaymentDate config.allowModifyRepaymentDateConfig
    config.limitRepaymentDateRange config.foreignCurrency config.writtenOffMaxTimes config.autoShare config.allShare config.ability
    delayCount writtenOffRemainTimes budgetRemain transfer code transferId infoType realArrivalDate`,
  printed: ['"total": "10.0"', '"reserved": 10.0,', '"remain": 0.0,', '"repayment": 0,', '"repaymentDate": 9007199254740991'],
  failures: [
    { about: 'no loan package with that id', status: 400, body: missing, exit: 21, code: '400' },
    { about: 'no loan package with that id, inside HTTP 200', status: 200, body: missing, exit: 21, code: '400' },
    { about: 'another bad request is no missing package', status: 400, body: refusal(400, '参数错误'), exit: 22 },
  ],
} satisfies EndpointFacts;
