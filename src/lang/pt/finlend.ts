// FinCode FinLend in Brazilian Portuguese.
import type { Dictionary } from '../translations.ts';

export const finlend: Dictionary = {
  '*.loanApplicationId': 'Proposta de empréstimo',

  'customer-repayments.request.customer-id': 'ID do cliente',
  'customer-repayments.id': 'Pagamento',
  'customer-repayments.loanRepaymentMethodEnum': 'Forma de pagamento',
  'customer-repayments.loanRepaymentMethodEnum=DIRECT_DEBIT': 'débito automático',
  'customer-repayments.accountProductName': 'Produto da conta',
  'customer-repayments.customerName': 'Cliente',
  'customer-repayments.email': 'E-mail',
  'customer-repayments.repaymentAmount': 'Valor',
  'customer-repayments.loanProductName': 'Produto de empréstimo',
  'customer-repayments.principalBalance': 'Saldo do principal',
  'customer-repayments.totalBalance': 'Saldo devedor total',
  'customer-repayments.loanAmountPaid': 'Pago',
  'customer-repayments.creationDate': 'Criado em',
  'customer-repayments.paymentDueDate': 'Vencimento',
  'customer-repayments.installmentCount': 'Parcelas',
  'customer-repayments.accountId': 'Conta do empréstimo',
  'customer-repayments.totalPayable': 'Total a pagar',

  'pending-repayments.request.user-id': 'ID do usuário',
  'pending-repayments.installmentNumber': 'Parcela',
  'pending-repayments.dueDate': 'Vencimento',
  'pending-repayments.amountDue': 'Valor devido',
  'pending-repayments.principalAmount': 'Principal',
  'pending-repayments.interestAmount': 'Juros',
  'pending-repayments.status': 'Situação',
  'pending-repayments.status=PENDING': 'pendente',
  'pending-repayments.status=OVERDUE': 'em atraso',
  'pending-repayments.daysOverdue': 'Dias em atraso',
};
