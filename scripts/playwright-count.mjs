// For a JSON report of Playwright prints "PASSED FAILED", then a line for each test that did not simply pass: where it stands,
// its name, and the first line of what went wrong. Skipped and flaky tests count as failed: we have no use for either.
import { readFileSync } from "node:fs";

const { stats, errors, suites } = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(stats.expected, stats.unexpected + stats.skipped + stats.flaky + errors.length);

const firstLine = (text = "") => text.replace(/\u001b\[[0-9;]*m/g, "").split("\n", 1)[0];
const walk = (suite) => {
  for (const spec of suite.specs ?? []) {
    for (const { status, results } of spec.tests) {
      if (status === "expected") continue;
      const message = results.map(({ error }) => firstLine(error?.message)).find(Boolean) ?? status;
      console.log(`${spec.file}:${spec.line} ${spec.title}: ${message}`);
    }
  }
  suite.suites?.forEach(walk);
};
suites.forEach(walk);
errors.forEach(({ message }) => console.log(firstLine(message)));
