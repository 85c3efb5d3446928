/** Where the demonstration is watched. */
export type Screen = {
  /** Whether there is a terminal, on which `show` redraws. Without one, it does nothing. */
  readonly isLive: boolean;
  /** Prints lines that stay. */
  readonly say: (...lines: readonly string[]) => void;
  /** Puts these lines below all that was said, in the place of those shown before. Cut at the edge of the terminal. */
  readonly show: (lines: readonly string[]) => void;
};

/** As much of a stream of output as a screen needs. */
export type Output = { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number; readonly write: (text: string) => unknown };

const escape = '\u001B[';

/** Up to the first of so many lines, and clear from there on. */
const backOver = (lines: number): string => (lines === 0 ? '' : `${escape}${lines}F${escape}J`);

const cut = (line: string, columns: number): string => (line.length <= columns ? line : `${line.slice(0, columns - 1)}…`);

const withBreaks = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A screen on a stream: redrawn where it is a terminal, plain lines where it is not. */
export const createScreen = (output: Output): Screen => {
  if (output.isTTY !== true) return { isLive: false, say: (...lines) => output.write(withBreaks(lines)), show: () => undefined };
  let shown: readonly string[] = [];
  return {
    isLive: true,
    say: (...lines) => output.write(`${backOver(shown.length)}${withBreaks(lines)}${withBreaks(shown)}`),
    show: (lines) => {
      const { columns = 80, rows = 24 } = output;
      // One line below is for the cursor: what has scrolled away cannot be drawn over.
      const fitting = lines.slice(0, rows - 1).map((line) => cut(line, columns));
      output.write(`${backOver(shown.length)}${withBreaks(fitting)}`);
      shown = fitting;
    },
  };
};
