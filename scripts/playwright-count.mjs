// Prints "PASSED FAILED" for a JSON report of Playwright. Skipped and flaky tests count as failed: we have no use for either.
import { readFileSync } from "node:fs";

const { stats, errors } = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(stats.expected, stats.unexpected + stats.skipped + stats.flaky + errors.length);
