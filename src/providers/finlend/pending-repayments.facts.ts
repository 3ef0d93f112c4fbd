// What the pending repayments page of FinLend says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<user-ids...>',
  request: 'GET /api/v1/services/user/pending-repayments/123e4567-e89b-12d3-a456-426614174000',
  params: ['query page', 'query size'],
  keys: 'loanApplicationId installmentNumber dueDate amountDue principalAmount interestAmount status daysOverdue',
  printed: ['"status": "OVERDUE"', '"daysOverdue": 12'],
} satisfies EndpointFacts;
