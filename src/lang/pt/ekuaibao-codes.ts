// Ekuaibao in Brazilian Portuguese: money and code lists, which many answers hold.
import type { Dictionary } from '../translations.ts';

/** The money object of every answer. */
export const money: Dictionary = {
  standard: 'Valor na moeda base',
  standardUnit: 'Unidade',
  standardScale: 'Casas decimais',
  standardSymbol: 'Símbolo',
  standardNumCode: 'Código numérico ISO 4217',
  standardStrCode: 'Código ISO 4217',
  foreign: 'Valor na moeda estrangeira',
  foreignUnit: 'Unidade estrangeira',
  foreignScale: 'Casas decimais da moeda estrangeira',
  foreignSymbol: 'Símbolo da moeda estrangeira',
  foreignNumCode: 'Código numérico ISO 4217 da moeda estrangeira',
  foreignStrCode: 'Código ISO 4217 da moeda estrangeira',
  rate: 'Câmbio',
  sysRate: 'Câmbio do sistema',
};

/** As much of it as forms show of their lesser amounts. */
export const briefMoney: Dictionary = {
  standard: 'Valor na moeda base',
  standardStrCode: 'Código ISO 4217',
  foreign: 'Valor na moeda estrangeira',
  foreignStrCode: 'Código ISO 4217 da moeda estrangeira',
};

export const repaymentTypes: Dictionary = {
  '=OBTAIN': 'empréstimo obtido',
  '=WRITEOFF': 'pagamento por baixa',
  '=MANUAL': 'pagamento manual',
  '=CASHIER': 'pagamento forçado',
  '=SHIFT': 'transferido',
  '=SHARE': 'compartilhado',
  '=CANCEL_SHARE': 'compartilhamento cancelado',
  '=CONFIRM_SHARE': 'compartilhamento confirmado',
  '=REJECT_SHARE': 'compartilhamento recusado',
  '=DELAY': 'adiado',
  '=TRANSFER': 'transferência iniciada',
  '=CONFIRM': 'transferência confirmada',
  '=REFUSE': 'transferência recusada',
  '=CHARGEAGAINST': 'estorno',
  '=REVISE': 'empréstimo alterado manualmente',
};

export const formTypes: Dictionary = {
  '=expense': 'relatório de despesas',
  '=requisition': 'requisição',
  '=application': 'item de requisição',
  '=loan': 'formulário de empréstimo',
  '=repayment': 'registro de pagamento',
  '=payment': 'formulário de pagamento',
  '=receipt': 'formulário de recebimento',
  '=permit': 'formulário de autorização',
  '=custom': 'aprovação geral',
  '=corpPayment': 'pagamento corporativo',
  '=reimbursement': 'formulário contábil',
};

export const formStates: Dictionary = {
  '=draft': 'rascunho',
  '=nullify': 'anulado, o que não é excluído',
  '=pending': 'em envio',
  '=approving': 'em aprovação',
  '=rejected': 'rejeitado',
  '=paying': 'aguardando pagamento',
  '=PROCESSING': 'em pagamento',
  '=paid': 'pago ou aprovado; não final',
  '=archived': 'arquivado; final',
  '=sending': 'em remessa',
  '=receiving': 'em recebimento',
};

export const formActions: Dictionary = {
  '=freeflow.submit': 'enviado',
  '=freeflow.editApproving': 'editado durante a aprovação',
  '=freeflow.delete': 'excluído',
  '=freeflow.retract': 'retirado',
  '=freeflow.agree': 'aprovado',
  '=freeflow.reject': 'rejeitado',
  '=freeflow.remind': 'lembrado de imprimir',
  '=freeflow.print': 'impresso',
  '=freeflow.addnode': 'repassado',
  '=freeflow.back': 'devolvido',
  '=freeflow.comment': 'comentado',
  '=freeflow.modify': 'modificado',
  '=freeflow.activate': 'ativado',
  '=freeflow.receive': 'recebimento dos papéis confirmado',
  '=freeflow.nullify': 'anulado',
  '=freeflow.pay': 'pago',
  '=freeflow.addExpress': 'remessa adicionada',
  '=freeflow.jumpExpress': 'remessa pulada',
  '=freeflow.shiftApprove': 'aprovação repassada',
  '=freeflow.addSignNode': 'aprovador adicionado',
  '=freeflow.select.approver': 'aprovador escolhido',
  '=freeflow.alter': 'formulário alterado',
  '=freeflow.carbonCopy': 'copiado a outros',
  '=freeflow.paying': 'pagamento iniciado',
};
