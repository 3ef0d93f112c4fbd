// FinCode FinLend, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import accountBalance from './account-balance.ts';
import activeLoans from './active-loans.ts';
import adminApplication from './admin-application.ts';
import application from './application.ts';
import bankAccount from './bank-account.ts';
import customerRepayments from './customer-repayments.ts';
import eligibilityQuestions from './eligibility-questions.ts';
import ledger from './ledger.ts';
import loan from './loan.ts';
import loanHistory from './loan-history.ts';
import loanOffer from './loan-offer.ts';
import loanTerms from './loan-terms.ts';
import pendingRepayments from './pending-repayments.ts';
import profile from './profile.ts';
import { finlend } from './provider.ts';
import repaidTransactions from './repaid-transactions.ts';
import repaymentInstructions from './repayment-instructions.ts';
import repayments from './repayments.ts';
import totals from './totals.ts';
import transfers from './transfers.ts';

export default defineProvider({
  ...finlend,
  endpoints: [
    customerRepayments,
    pendingRepayments,
    repaidTransactions,
    repayments,
    loan,
    loanHistory,
    activeLoans,
    totals,
    repaymentInstructions,
    application,
    adminApplication,
    loanOffer,
    loanTerms,
    eligibilityQuestions,
    bankAccount,
    transfers,
    accountBalance,
    ledger,
    profile,
  ],
});
