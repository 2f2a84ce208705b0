// Closes the suite: says which real servers were not there, then `N passed, N failed, N skipped` on a line of its own.

import { readFileSync } from 'node:fs';
import { isWhole } from './thoroughness.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const [path, code] = process.argv.slice(2);
const report = readReport(path!);
const skipped = report.testResults.flatMap(({ assertionResults }) =>
  assertionResults.filter(({ status }) => status === 'pending' || status === 'skipped').map(({ fullName }) => fullName),
);
const brokenFiles = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && assertionResults.every((result) => result.status !== 'failed'),
).length;
const failed = report.numFailedTests + brokenFiles;

if (skipped.length > 0) {
  const names = [...new Set(skipped.map((name) => name.split(' > ')[0]))];
  console.log(
    `skipped (a real server, browser or input is not here; \`make services\` installs them): ${names.join('; ')}`,
  );
}
if (!isWhole) console.log('shortened: fewer rounds of the slow tests; REQUIRE_REAL=1 goes the whole way');
console.log(
  `${report.numPassedTests} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
);

process.exitCode = Number(code) !== 0 || failed > 0 || (isWhole && skipped.length > 0) ? 1 : 0;

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTotalTests: 0, testResults: [] };
  }
}
