// Texts with personal values in them: what is hidden wherever it stands, what only in a sentence of a provider, and what stays.
import { describe, expect, test } from 'vitest';
import { certainForms, suspectedForms } from '../../src/core/personal-forms.ts';
import { formsIn, hideForm, maskProse, personalByValue } from '../../src/core/personal-text.ts';
import { randomFrom } from '../random.ts';

describe.each([
  ['a value', personalByValue],
  ['a sentence of a provider', maskProse],
])('%s', (_, hide) => {
  test.each([
    ['ana.silva@example.com', 'a••••@example.com'],
    ['customer ana.silva@example.com is unknown', 'customer a••••@example.com is unknown'],
    ['<ops+x@sub.example.co>, a@b.example', '<o••••@sub.example.co>, ••••@b.example'],
    ['李雷@example.com、𝟙x@example.com', '李••••@example.com、𝟙••••@example.com'],
    ['GET /users?email=ana.silva%40example.com&x=1', 'GET /users?email=a••••%40example.com&x=1'],
    ['ana%2Bx%2540example.com', 'a••••%2540example.com'],
    ['ana&#64;example.com ana\\u0040example.com', 'a••••&#64;example.com a••••\\u0040example.com'],
    ['call +55 11 98765-4321.', 'call ••••21.'],
    ['+5511999990000', '••••00'],
    ['call +55 (11) 98765-4321 or (11) 98765-4321', 'call ••••21 or ••••21'],
    ['(+86) 138 0013 8000, (021) 5555-1234, (0755)88881234', '••••00, ••••34, ••••34'],
    ['(212) 555-0123', '••••23'],
    ['138-0013-8000, 11 98765-4321, 98765 43210', '••••00, ••••21, ••••10'],
    ['CPF 123.456.789-09, CNPJ 12.345.678/0001-95', 'CPF ••••09, CNPJ ••••95'],
    ['CPF:12345678909', 'CPF:••••09'],
    ['cpf=12345678909&x', 'cpf=••••09&x'],
    ['{"cpf":"12345678909"}', '{"cpf":"••••09"}'],
    ['12345678909: invalid', '••••09: invalid'],
    ['q=%2212345678909%22', 'q=%22••••09%22'],
    ['pays for 12345678909', 'pays for ••••09'],
    ['123456789-09, 123 456 789 09', '••••09, ••••09'],
    ['12345678000195, 12ABC34501DE35 no, 12.ABC.345/01DE-35', '••••95, 12ABC34501DE35 no, ••••35'],
    ['身份证11010519491231002X无效', '身份证••••2X无效'],
    ['id 11010519491231002X, 110105 19491231 002x', 'id ••••2X, ••••2x'],
    ['4111 1111 1111 1111 declined', '••••1111 declined'],
    ['4111-1111-1111-1111, 4111111111111111, 3782 822463 10005', '••••1111, ••••1111, ••••0005'],
    ['6222 0202 0011 2233 446', '••••3446'],
    ['9999 4105 7058 is linked', '••••58 is linked'],
    ['IBAN GB29 NWBK 6016 1331 9268 19 IS INVALID', 'IBAN ••••6819 IS INVALID'],
    ['to DE89370400440532013000, GB29NWBK60161331926819', 'to ••••3000, ••••6819'],
    ['PAN ABCDE1234F not verified', 'PAN ••••4F not verified'],
    ['pan:ABCDE1234F', 'pan:••••4F'],
    ['GSTIN 27ABCDE1234F1Z5', 'GSTIN ••••Z5'],
    ['SSN 123-45-6789', 'SSN ••••89'],
    ['born 1990-01-02', 'born ••••'],
    ['Date of birth: 02/01/1990', 'Date of birth: ••••'],
    ['{"birth_date":"1990-01-02"}', '{"birth_date":"••••"}'],
    ['DOB is 2 January 1990', 'DOB is ••••'],
    ['nascimento: 2 de janeiro de 1990', 'nascimento: ••••'],
    ['出生日期：1990年1月2日', '出生日期：••••'],
    ['birthday 19900102', 'birthday ••••'],
    ['cpf nº 123456789', 'cpf nº ••••89'],
    ['account number 0001-12345', 'account number ••••45'],
    ['Account No: 000000000000', 'Account No: ••••00'],
    ['passport no. AB1234567', 'passport no. ••••67'],
    ['RG 12.345.678-X', 'RG ••••8X'],
    ['手机号13800138000', '手机号••••00'],
    ['卡号：6222020200112233445', '卡号：••••45'],
  ])('hides people: %s', (said, shown) => {
    expect(hide(said)).toBe(shown);
  });

  test.each([
    'Wallet with key: abeca0d0-a09d-4b3b-a495-40b553422ced was not found',
    'Wallet with key: 12345678-1234-1234-1234-123456789012 was not found',
    '229fe24c-d840-48dc-959a-e0ff1479df35 4111111111111111a a4111111111111111',
    '根据借款包Id:ID_3HV7_Hq1yKw, 获取不到对应的借款包,请核查',
    'ID_3HV7:12345678909 a-12345678909 12345678909-a $12345678909 12345678909_1',
    'limit 1234567890.50 exceeded, 123456789,50 too',
    'R$ 12345678909, BRL 12345678909, 12345678909 BRL, ₹12345678909, 12345678909.00, -12345678909',
    '+1234567.89, +123456.00, +0.12345678, 12 345 678.90, 1.234.567,89',
    'not before 2024-01-15 10:30:00, try 203.0.113.7 or 192.168.100.200:8443',
    '2024-01-15T10:30:00.000+08:00, 2024-01-15T10:30:00Z, 20240115103000, 2024-01-15 to 2024-02-15',
    'staff bwa3wajigF0WH0:123456789012 has no right',
    'code 010787: no KYC information',
    'upgrade to @scope/name@1.2',
    'years 2022 2023 2024, 2022-2023-2024',
    'instalment 3 of 12, 15 of 241, 1-2-3',
    'fatura (2024) 123456, (12) 345',
    'paid by card 15000.00, celular 1.999,00, mobile 12.999',
    "Ana da Silva, 李雷, O'Neill; Rua 7, 1234 - apto 56",
    'IFSC YESB0000104, UTR N0241234567890, AXISP00123456789',
    'ABCDE12345 ABCDE1234 XABCDE1234F ABCDE1234F-1',
    'DE00370400440532013000x GB2 FR1 XX29NWBK60161331926819',
    'reborn 12, adobe 1990-01-02',
    '',
  ])('leaves the rest: %s', said => {
    expect(hide(said)).toBe(said);
  });
});

test.each([
  ['a card that fails its sum', '4111 1111 1111 1112', '••••1112'],
  ['an Aadhaar that fails its sum', 'Aadhaar 1234 5678 9012 is not valid', 'Aadhaar ••••12 is not valid'],
  ['in groups, without its name', '1234 5678 9012 is not valid', '••••12 is not valid'],
  ['a resident id that fails its sum', '11010519491231009X', '••••9X'],
  ['an IBAN that fails its sum', 'GB00NWBK60161331926819', '••••6819'],
  ['a long number', '12345678900 is not valid', '••••00 is not valid'],
  ['an account', '账号6222020200112233446无效', '账号••••46无效'],
  ['every date where a birth is the matter', 'birth date 1990-01-02 is not 1991-02-03', 'birth date •••• is not ••••'],
])('only in a sentence of a provider: %s', (_, said, shown) => {
  expect(maskProse(said)).toBe(shown);
});

test.each([
  '4111 1111 1111 1112',
  '1234 5678 9012',
  '12345678900',
  '999941057058',
  'UTR 401234567890',
  '1654583439075',
  '1654583439075123',
])('a value that could be anything stays: %s', text => {
  expect(personalByValue(text)).toBe(text);
});

test('what is hidden stays as it is when it is looked at again', () => {
  const said = 'ana.silva@example.com, CPF:12345678909, +55 11 98765-4321, 4111 1111 1111 1111, born 1990-01-02';
  for (const hide of [personalByValue, maskProse]) expect(hide(hide(said))).toBe(hide(said));
});

test('a value keeps dates beside the one of a birth', () => {
  expect(personalByValue('born 1990-01-02, due 2024-01-15')).toBe('born ••••, due 2024-01-15');
});

const length = 2 * 1024 * 1024;

// Whoever looked at the whole text from each place would need hours.
test.each([
  'a',
  '1',
  'a@',
  '@',
  '%40',
  'a.',
  '1 ',
  '+1',
  '(',
  '(1',
  'GB29',
  '1234 ',
  'cpf ',
  'cpf',
  'birth 1',
  '1-',
  ':',
  'x1:',
  'dob',
  '@a.',
  '@a.a',
  'é',
  ' ',
])('2 MiB of %j are looked through', unit => {
  const text = unit.repeat(length / unit.length);
  expect(personalByValue(`${text} ana@example.com`).endsWith(' a••••@example.com')).toBe(true);
  expect(maskProse(`${text} ana@example.com`).endsWith(' a••••@example.com')).toBe(true);
});

describe('a form that is not looked for in a short text has nothing to find there', () => {
  const labels =
    'CPF cnpj RG ssn itin tin nif curp rfc aadhar Aadhaar uidai pan GSTIN passport passaporte iban clabe pix phone mobile cellphone tel ' +
    'telephone telefone celular whatsapp 身份证 证件 护照 银行卡 卡 账 账户 帐 帐户 手机 电话 account acct conta card cartao CARTÃO contact ' +
    'identity document licence LICENSE cell birth Birthdate date_of_birth DOB born nascimento nascida 出生 出生日期 生日';
  const values =
    '12345678909 123.456.789-09 12.345.678/0001-95 AA.AAA.AAA/AAAA-35 11010519491231002X 123-45-6789 ABCDE1234F 27ABCDE1234F1Z5 12345 ' +
    '1/1/20 19900102 +5511999990000 +55119999 (11)98765-4321 (021)5555-1234 138-0013-8000 98765 43210 4111-1111-1111-1111 9999 4105 7058 ' +
    '4111111111111111 3782-822463-10005 1990年1月2日 12345678000195 YESB0000104 127.0.0.1:8080 1733077724.629719 0 7';
  const joints = ['', ' ', ': ', '.', '-', '"', ' is ', ' no ', ' nº ', 'x', '%3A', '(', ') ', '+'];
  const pieces = [...labels.split(' '), ...values.split(' '), ...values.split(' ')];

  const below = randomFrom(1);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const texts = Array.from({ length: 20_000 }, () => Array.from({ length: 1 + below(4) }, () => `${pick(joints)}${pick(pieces)}`).join(''));

  test.each([
    ['certain', certainForms],
    ['suspected', suspectedForms],
  ])('%s forms', (_, forms) => {
    const found = new Set<number>();
    const missed = texts.filter(text => {
      const looked = new Set(formsIn(text, forms));
      return forms.some((form, at) => {
        const isFound = hideForm(text, form) !== text;
        if (isFound) found.add(at);
        return isFound && !looked.has(form);
      });
    });
    expect(missed).toEqual([]);
    // Every form stood in some text.
    expect(found.size).toBe(forms.length);
  });
});
