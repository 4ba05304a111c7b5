import { execFileSync } from "node:child_process";
import path from "node:path";
import { root } from "./paths";

export interface Database {
  /** For `server migrate` and `server seed`. */
  ownerUrl: string;
  /** What the server itself may use. */
  webUrl: string;
}

/** A fresh database on the private test server (which is started when needed), empty or a copy of `template`. */
export function makeDatabase(name: string, template?: string): Database {
  const words = ["database", "test", name, ...(template ? [template] : [])];
  const exports = execFileSync(path.join(root, "scripts/postgres.sh"), words, { encoding: "utf8" });
  return { ownerUrl: exported(exports, "DATABASE_OWNER_URL"), webUrl: exported(exports, "DATABASE_WEB_URL") };
}

function exported(exports: string, name: string): string {
  const value = new RegExp(`^export ${name}='(.*)'$`, "m").exec(exports)?.[1];
  if (value === undefined) throw new Error(`scripts/postgres.sh printed no ${name}`);
  return value;
}
