// Interlace in Brazilian Portuguese; the account types stay the provider's own words.
import type { Dictionary } from '../translations.ts';

export const interlace: Dictionary = {
  '*.accountId': 'Conta',
  '*.displayId': 'ID de exibição',
  '*.type': 'Tipo de conta',
  '*.type=0': 'Api Client',
  '*.type=1': 'Api Client Customer',
  '*.currency': 'Moeda',
  '*.cardNegative': 'Saldo negativo de cartões',
  '*.budgetNegative': 'Saldo negativo de orçamentos',

  'account-repayment.cardSettleAmount': 'Liquidado em cartões',
  'account-repayment.budgetSettleAmount': 'Liquidado em orçamentos',
  'account-repayment.cardUnpaidAmount': 'Em aberto em cartões',
  'account-repayment.budgetUnpaidAmount': 'Em aberto em orçamentos',
  'account-repayment.repayTime': 'Data de apuração do pagamento',

  'account-negative.accountName': 'Nome da conta',
  'account-negative.accountEn': 'Nome da conta (inglês)',
  'account-negative.statTime': 'Apurado em',

  'account-negative-bill.createTime': 'Criado em',
  'account-negative-bill.total': 'Quantidade de faturas',
  'account-negative-bill.negativeUrl': 'Arquivo da fatura',

  'batch-hook.batchNo': 'Lote',
  'batch-hook.page': 'Página',
  'batch-hook.size': 'Registros por página',
  'batch-hook.total': 'Total de registros',
  'batch-hook.lastPage': 'Última página',
  'batch-hook.fileUrl': 'Arquivo',
  'batch-hook.list': 'Registros',
};
