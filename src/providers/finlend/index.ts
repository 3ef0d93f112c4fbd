// FinCode FinLend, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import bankAccount from './bank-account.ts';
import customerRepayments from './customer-repayments.ts';
import loan from './loan.ts';
import loanTerms from './loan-terms.ts';
import pendingRepayments from './pending-repayments.ts';
import { finlend } from './provider.ts';
import repaidTransactions from './repaid-transactions.ts';
import repaymentInstructions from './repayment-instructions.ts';

export default defineProvider({
  ...finlend,
  endpoints: [customerRepayments, pendingRepayments, repaidTransactions, loan, repaymentInstructions, loanTerms, bankAccount],
});
