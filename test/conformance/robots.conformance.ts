// Google's own cases of the Robots Exclusion Protocol: those that hold for everyone, and those of its own crawler.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeUrl, parseRobots } from '../../src/collect/robots.ts';
import type { Conformance } from './conformance.ts';

interface Case {
  readonly test: string;
  readonly robots: string;
  readonly agent: string;
  readonly url: string;
  readonly allowed: boolean;
}

const verbose = process.argv.includes('--verbose');

const robots: Conformance = async (data) => {
  const cases = JSON.parse(readFileSync(join(data, 'robots/google-cases.json'), 'utf8')) as readonly Case[];
  const googles = (one: Case) => one.test.startsWith('GoogleOnly_');
  return [
    lineOf(
      'robots: cases for every crawler',
      cases.filter((one) => !googles(one)),
    ),
    lineOf('robots: cases marked Google-only', cases.filter(googles)),
  ];
};

function lineOf(name: string, cases: readonly Case[]) {
  const passed = cases.filter(holds).length;
  return { name, passed, total: cases.length, figure: `${((100 * passed) / cases.length).toFixed(1)} %` };
}

function holds({ test, robots, agent, url, allowed }: Case): boolean {
  const right = judgeUrl(parseRobots(Buffer.from(robots), agent), url).allowed === allowed;
  if (!right && verbose) console.error(`${test}: ${agent} ${url}`);
  return right;
}

export default robots;
