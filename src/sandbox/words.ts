// Plausible texts in the languages of the providers. Nobody here exists: e-mail addresses end in example.com, numbers begin with zeros.

export type Language = 'zh' | 'pt' | 'in' | 'en';

interface WordList {
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** How a full name is put together. */
  readonly fullName: (given: string, family: string) => string;
  readonly companies: readonly string[];
  readonly phrases: readonly string[];
  readonly products: readonly string[];
  readonly banks: readonly string[];
  readonly cities: readonly string[];
}

const western = (given: string, family: string): string => `${given} ${family}`;

export const words: Readonly<Record<Language, WordList>> = {
  zh: {
    given: ['晓明', '丽华', '建国', '芳', '志强', '雨桐', '子涵', '海燕', '文博', '静怡'],
    family: ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'],
    fullName: (given, family) => `${family}${given}`,
    companies: [
      '示例贸易有限公司',
      '样例科技集团',
      '演示物流公司',
      '测试餐饮管理公司',
      '示范文化传媒公司',
      '虚构电子商务公司',
      '假设家居用品公司',
      '模拟教育咨询公司',
      '范例旅游服务公司',
      '样品服饰有限公司',
    ],
    phrases: [
      '差旅费借款',
      '项目备用金',
      '市场活动借款',
      '办公用品采购借款',
      '培训费用借款',
      '客户招待备用金',
      '设备租赁押金',
      '团建活动借款',
      '展会参展费用',
      '季度备用金-华东',
      '房租押金借款',
      '车辆维修借款',
    ],
    products: ['员工备用金', '差旅借款', '项目借款'],
    banks: ['示例银行', '演示银行'],
    cities: ['上海', '北京', '深圳', '杭州', '成都'],
  },
  pt: {
    given: ['Ana', 'João', 'Conceição', 'Luís', 'Beatriz', 'Antônio', 'Letícia', 'Caio', 'Inês', 'Rubens'],
    family: ['Silva', 'Gonçalves', 'Araújo', 'Souza', 'Assunção', 'Moura', 'Esteves', 'Falcão'],
    fullName: western,
    companies: [
      'Padaria Exemplo Ltda',
      'Mercado Modelo S.A.',
      'Farmácia Fictícia Ltda',
      'Oficina Amostra ME',
      'Livraria Demonstração Ltda',
    ],
    phrases: [
      'Crédito rotativo - Taxa de juros',
      'Compra no estabelecimento Padaria Exemplo',
      'Saque complementar - Parcela',
      'Juros de mora',
      'Tarifa de saque',
      'Multa por atraso',
      'Compra parcelada - Farmácia Fictícia',
      'Seguro prestamista',
    ],
    products: ['Cartão Benefício', 'Cartão Consignado', 'Crédito Pessoal'],
    banks: ['Banco Exemplo', 'Banco Modelo'],
    cities: ['São Paulo', 'Recife', 'Belém', 'Florianópolis'],
  },
  in: {
    given: ['Asha', 'Rohan', 'Meera', 'Vikram', 'Lakshmi', 'Arjun', 'Kavya', 'Sanjay', 'Nisha', 'Imran'],
    family: ['Verma', 'Iyer', 'Patel', 'Reddy', 'Banerjee', 'Khan', 'Kulkarni', 'Nair'],
    fullName: western,
    companies: ['Sample Solar', 'Example Traders', 'Demo Textiles', 'Placeholder Motors', 'Specimen Foods', 'Fictive Pharma'],
    phrases: ['NEFT received', 'Adjusted against oldest due', 'Part payment', 'UPI collection', 'Cheque realised', 'Settled by anchor'],
    products: ['Working Capital Line', 'Equipment Loan', 'Invoice Finance'],
    banks: ['Example Bank', 'Sample Co-operative Bank'],
    cities: ['Pune', 'Chennai', 'Jaipur', 'Kolkata'],
  },
  en: {
    given: ['Adaeze', 'Tunde', 'Grace', 'Emeka', 'Zainab', 'Oliver', 'Folake', 'Samuel', 'Ngozi', 'Harriet', 'Yusuf', 'Amara'],
    family: ['Okafor', 'Balogun', 'Mensah', 'Bello', 'Carter', 'Eze', 'Adeyemi', 'Sample', 'Lawal', 'Whitfield'],
    fullName: western,
    companies: [
      'Example Trading Ltd',
      'Sample Logistics Inc',
      'Demo Retail Ltd',
      'Placeholder Media Ltd',
      'Specimen Foods Inc',
      'Fictional Travel Ltd',
    ],
    phrases: ['Monthly instalment', 'Early repayment', 'Part payment', 'Direct debit', 'Balance adjustment', 'Paid at branch'],
    products: ['Personal Loan 12M', 'Salary Advance', 'School Fees Loan', 'Business Loan 24M', 'Device Finance 6M'],
    banks: ['Example Bank', 'Sample Savings Bank'],
    cities: ['Lagos', 'Abuja', 'Accra', 'Leeds'],
  },
};
