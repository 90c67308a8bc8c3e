/**
 * What looks mistyped in an ID number or a phone, and what a resident ID number says. The same checks are made on the server
 * (Cases/Intake/IdentityNumber.cs and PhoneNumber.cs, which say why); one table of examples holds both.
 */
export type NumberHint = 'IdLength' | 'IdRegion' | 'IdBirthDate' | 'IdCheckDigit' | 'MobileLength' | 'MobileStart' | 'Landline';
export type IdentityNumber = { number: string; bornOn: string; sex: 'Male' | 'Female' };

const regions = new Set('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '));
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const longestShort = 6;

const compatible = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}]/gu, '');
const lettersAndDigits = (text: string): string => compatible(text).replace(/[^\p{L}\p{Nd}]/gu, '').toUpperCase();
const checkCharacter = (number: string): string => '10X98765432'[weights.reduce((sum, weight, i) => sum + weight * Number(number[i]), 0) % 11] ?? '';
const hasRegion = (number: string): boolean => number.startsWith('9') || regions.has(number.slice(0, 2));
const isResidents = (number: string): boolean => /^[0-9]{9,}[0-9X]$/.test(number);

/** The day of birth as yyyy-MM-dd; null when there is no such day. */
function birthDate(number: string): string | null {
  const digits = number.length === 15 ? `19${number.slice(6, 12)}` : number.slice(6, 14);
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  const at = new Date(`${day}T00:00:00Z`);
  return digits >= '19000101' && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null;
}

/** What looks mistyped in an ID number. Today is yyyy-MM-dd. */
export function hintOnIdNumber(typed: string, today: string): NumberHint | null {
  const number = lettersAndDigits(typed);
  if (!isResidents(number)) return null;
  if (number.length !== 15 && number.length !== 18) return 'IdLength';
  const day = birthDate(number);
  if (day === null || day > today) return 'IdBirthDate';
  if (!hasRegion(number)) return 'IdRegion';
  return number.length === 18 && number[17] !== checkCharacter(number) ? 'IdCheckDigit' : null;
}

/** The number in its form of eighteen, where it is an old one of fifteen. */
export function normalIdNumber(typed: string): string {
  const number = lettersAndDigits(typed);
  if (!/^[0-9]{15}$/.test(number) || !hasRegion(number) || birthDate(number) === null) return number;
  const whole = `${number.slice(0, 6)}19${number.slice(6)}`;
  return whole + checkCharacter(whole);
}

/** Reads a number in which nothing looks mistyped. */
export function readIdNumber(typed: string, today: string): IdentityNumber | null {
  const number = normalIdNumber(typed);
  if (number.length !== 18 || !isResidents(number) || hintOnIdNumber(number, today) !== null) return null;
  return { number, bornOn: birthDate(number) ?? '', sex: Number(number[16]) % 2 === 1 ? 'Male' : 'Female' };
}

/** What looks mistyped in a phone number. */
export function hintOnPhone(typed: string): NumberHint | null {
  const digits = digitsOf(typed);
  if (digits === null || digits.length <= longestShort || digits.startsWith('00')) return null;
  const main = withoutExtension(typed);
  if (digits.startsWith('0')) return isLandline(digits) || (main !== null && isLandline(main)) ? null : 'Landline';
  if (digits.startsWith('1')) return digits.length !== 11 ? 'MobileLength' : /^1[3-9]/.test(digits) ? null : 'MobileStart';
  if (/^[0-9]{7,8}$/.test(digits) || isService(digits)) return null;
  return main !== null && /^[0-9]{7,8}$/.test(main) ? null : digits.length === 11 ? 'MobileStart' : 'MobileLength';
}

/** A phone number as it is compared. */
export function normalPhone(typed: string): string {
  const text = compatible(typed);
  const plain = lettersAndDigits(text);
  return domestic(plain) ?? (text.startsWith('+86') ? landline(plain.slice(2)) : plain.startsWith('0086') ? landline(plain.slice(4)) : null) ?? plain;
}

function digitsOf(typed: string): string | null {
  const text = compatible(typed);
  if (!/^[-0-9+().\/]*$/.test(text)) return null;
  const digits = lettersAndDigits(text);
  if (text.startsWith('+') && !digits.startsWith('86')) return null;
  return domestic(digits) ?? (text.startsWith('+86') ? `0${digits.slice(2).replace(/^0/, '')}` : digits);
}

function domestic(digits: string): string | null {
  const rest = digits.startsWith('0086') ? digits.slice(4) : digits.startsWith('86') ? digits.slice(2) : '';
  return /^1[0-9]{10}$/.test(rest) ? rest : null;
}

function landline(rest: string): string | null {
  if (isService(rest)) return rest;
  const whole = rest.startsWith('0') ? rest : `0${rest}`;
  return /^[0-9]+$/.test(whole) && isLandline(whole) ? whole : null;
}

const isService = (digits: string): boolean => /^[48]00[0-9]{7}$/.test(digits);

function isLandline(digits: string): boolean {
  return /^0[12][0-9]{9}$/.test(digits) || /^0[3-9][0-9]{9,10}$/.test(digits);
}

function withoutExtension(typed: string): string | null {
  const text = compatible(typed);
  const at = text.lastIndexOf('-');
  const behind = text.length - at - 1;
  return at > 0 && behind >= 1 && behind <= longestShort ? digitsOf(text.slice(0, at)) : null;
}
