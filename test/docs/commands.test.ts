import { describe, expect, test } from 'vitest';
import { commandsIn, isShell } from './commands.ts';
import { pageFrom, pagePaths, readPage } from './markdown.ts';
import { partOf, parts } from './parts.ts';
import { notRun, placeholders, reasonNotToRun } from './substitutions.ts';

const fence = '```';

const typedIn = (block: string): readonly string[] => pageFrom('page.md', block).blocks.filter(isShell).flatMap(commandsIn).map(({ text }) => text);

describe('commands are read as a shell reads them', () => {
  test.each([
    { name: 'one a line, without comments', given: `${fence}sh\n# first\nkubectl get td\n\nkubectl get et # all\n${fence}`, want: ['kubectl get td', 'kubectl get et # all'] },
    { name: 'a line that goes on', given: `${fence}sh\nhelm install x \\\n  --wait\nhelm list\n${fence}`, want: ['helm install x \\\n  --wait', 'helm list'] },
    { name: 'one that goes on when what is before it ended well', given: `${fence}sh\ntest -s a.json &&\n  kubectl delete td shop\nhelm list\n${fence}`, want: ['test -s a.json &&\n  kubectl delete td shop', 'helm list'] },
    { name: 'a document to its end', given: `${fence}bash\ncat > a <<'EOF'\nkind: X\n# no comment\nEOF\nkubectl apply -f a\n${fence}`, want: ["cat > a <<'EOF'\nkind: X\n# no comment\nEOF", 'kubectl apply -f a'] },
    { name: 'a quote over lines', given: `${fence}sh\nkubectl patch et x -p '[{"a":1,\n  "b":2}]'\nkubectl get et\n${fence}`, want: ['kubectl patch et x -p \'[{"a":1,\n  "b":2}]\'', 'kubectl get et'] },
    { name: 'a loop', given: `${fence}sh\nfor set in a b; do\n  echo $set\ndone\necho end\n${fence}`, want: ['for set in a b; do\n  echo $set\ndone', 'echo end'] },
    { name: 'a transcript, without what it shows', given: `${fence}\n$ kubectl get td -A\nNAME  READY\n$ kubectl get et\n${fence}`, want: ['kubectl get td -A', 'kubectl get et'] },
    { name: 'none in a block of another language', given: `${fence}yaml\nkind: X\n${fence}\n${fence}\n  plain\n${fence}`, want: [] },
  ])('$name', ({ given, want }) => {
    expect(typedIn(given)).toEqual(want);
  });
});

describe('every command of the pages', () => {
  const commands = pagePaths().flatMap((path) => readPage(path).blocks.filter(isShell).flatMap(commandsIn));

  test('is found', () => {
    expect(commands.length).toBeGreaterThan(60);
  });

  test('belongs to one part that runs it', () => {
    expect(commands.filter((command) => partOf(command) === undefined)).toEqual([]);
    const unused = parts.filter((part) => !commands.some((command) => partOf(command) === part));
    expect(unused.map(({ name }) => name)).toEqual([]);
  });

  test('has no placeholder that nothing is put in the place of, and none is without a use', () => {
    const used = new Set(commands.flatMap(({ text }) => text.match(/<YOUR_[A-Z_]+>/g) ?? []));
    expect([...used].toSorted()).toEqual(Object.keys(placeholders).toSorted());
  });

  test('that is not wholly run is met by a reason, every reason has a command, and docs/develop.md tells them', () => {
    const used = new Set(commands.map(({ text }) => reasonNotToRun(text)));
    expect(notRun.filter((reason) => !used.has(reason)).map(({ what }) => what)).toEqual([]);
    const told = readPage('docs/develop.md').prose.flatMap(({ text, heading }) => (heading === 'Commands that no test runs wholly' && text.startsWith('| `') ? [text] : []));
    expect(told).toEqual(notRun.map(({ what, because }) => `| ${what} | ${because} |`));
  });
});
