import { statSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(__dirname, "../..");
export const results = path.join(root, "end2end/test-results");

/** The server under test and its site: from the environment, else the newest that `scripts/bundle.sh test` or cargo-leptos left here. */
export function serverUnderTest(): { binary: string; site: string } {
  const { STEWARD_SERVER_BIN, STEWARD_SITE_ROOT } = process.env;
  if (STEWARD_SERVER_BIN && STEWARD_SITE_ROOT) return { binary: STEWARD_SERVER_BIN, site: STEWARD_SITE_ROOT };
  const candidates = [
    { binary: path.join(root, "target/bundle-test/server"), site: path.join(root, "target/bundle-test/site") },
    { binary: path.join(root, "target/release/server"), site: path.join(root, "target/site") },
    { binary: path.join(root, "target/debug/server"), site: path.join(root, "target/site") },
  ];
  const builtAt = ({ binary }: { binary: string }) => statSync(binary, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const [newest] = candidates.sort((one, other) => builtAt(other) - builtAt(one));
  if (!newest || builtAt(newest) === 0)
    throw new Error("There is no server to test. Run scripts/bundle.sh test first, or set STEWARD_SERVER_BIN and STEWARD_SITE_ROOT.");
  return newest;
}
