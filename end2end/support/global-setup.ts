import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeDatabase } from "./database";
import { results, serverUnderTest } from "./paths";
import { environment } from "./settings";

export const template = "steward_browser";
export const signInsFile = path.join(results, "sign-ins.json");

/** Migrates and seeds one database; each worker then takes a copy of it. */
export default function globalSetup(): void {
  const { binary } = serverUnderTest();
  const database = makeDatabase(template);
  const env = environment({
    DATABASE_OWNER_URL: database.ownerUrl,
    DATABASE_URL: database.webUrl,
    BASE_URL: "http://localhost",
    SMTP_URL: "smtp://127.0.0.1:1", // seeding queues mails at most
  });
  execFileSync(binary, ["migrate"], { env, stdio: ["ignore", "ignore", "inherit"] });
  const printed = execFileSync(binary, ["seed"], { env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  mkdirSync(results, { recursive: true });
  writeFileSync(signInsFile, printed);
}
