/**
 * RFC 3492, read once more from the RFC, so that the canonicaliser's use of Node's IDN functions is checked against something else.
 * @see https://www.rfc-editor.org/rfc/rfc3492
 */

// Section 5.
const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialN = 128;

const digits = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Section 6.1. */
const adapt = (delta: number, points: number, isFirst: boolean): number => {
  let scaled = isFirst ? Math.floor(delta / damp) : Math.floor(delta / 2);
  scaled += Math.floor(scaled / points);
  let k = 0;
  for (; scaled > ((base - tMin) * tMax) / 2; k += base) scaled = Math.floor(scaled / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * scaled) / (scaled + skew));
};

const threshold = (k: number, bias: number): number => Math.min(Math.max(k - bias, tMin), tMax);

const variableLength = (delta: number, bias: number): string => {
  let text = '';
  let rest = delta;
  for (let k = base; ; k += base) {
    const t = threshold(k, bias);
    if (rest < t) return text + digits.charAt(rest);
    text += digits.charAt(t + ((rest - t) % (base - t)));
    rest = Math.floor((rest - t) / (base - t));
  }
};

/** The part after `xn--` of a Unicode label (section 6.3). */
export const encodePunycode = (label: string): string => {
  const points = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < initialN);
  let text = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
  let [n, delta, bias, handled] = [initialN, 0, initialBias, basic.length];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      text += variableLength(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    n += 1;
  }
  return text;
};

/** The Unicode label of the part after `xn--` (section 6.2), or undefined where it is no punycode. */
export const decodePunycode = (text: string): string | undefined => {
  const cut = text.lastIndexOf('-');
  const points = Array.from(text.slice(0, Math.max(cut, 0)), (character) => character.codePointAt(0) ?? 0);
  let [at, n, i, bias] = [cut + 1, initialN, 0, initialBias];
  while (at < text.length) {
    const start = i;
    for (let [weight, k] = [1, base]; ; k += base) {
      const digit = digits.indexOf(text.charAt(at));
      if (digit < 0 || at >= text.length) return undefined;
      at += 1;
      i += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= base - t;
    }
    bias = adapt(i - start, points.length + 1, start === 0);
    n += Math.floor(i / (points.length + 1));
    i %= points.length + 1;
    if (n > 0x10_ff_ff) return undefined;
    points.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...points);
};
