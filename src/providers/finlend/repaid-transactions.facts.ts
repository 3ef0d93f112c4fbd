// What the repaid transactions page of FinLend says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<user-ids...>',
  request: 'GET /api/v1/services/user/repaid-transactions/123e4567-e89b-12d3-a456-426614174000',
  keys: 'repaymentId loanApplicationId repaymentAmount paymentDate paymentMethod status',
  printed: ['"repaymentAmount": 18250.75', '"status": "VERIFIED"'],
} satisfies EndpointFacts;
