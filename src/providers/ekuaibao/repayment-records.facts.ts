// What the repayment record page of Ekuaibao says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<ids...>',
  request: 'GET /api/openapi/v1/loan/repaymentRecord/[ID_3HV7_Hq1zKw]',
  keys: `
    pipeline grayver id version active createTime updateTime corporationId sourceCorporationId dataCorporationId ownerId repaymentType
    amount loanInfoId totalProfitAndLoss foreignAmount chargeAgainstMark attachments formType flowId title`,
  printed: ['"amount": 10.0,', '"updateTime": 1654583439075', '"title": "迭代测试-不传2"'],
  failures: [{ about: 'an empty list is an unknown id', status: 200, body: '{"items": []}', exit: 21 }],
} satisfies EndpointFacts;
