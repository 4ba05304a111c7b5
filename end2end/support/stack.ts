import { rmSync } from "node:fs";
import path from "node:path";
import { makeDatabase } from "./database";
import { template } from "./global-setup";
import { MailGate } from "./mail-gate";
import { results, root, serverUnderTest } from "./paths";
import { freePort, Running } from "./processes";
import { environment } from "./settings";

/** A server with a copy of the seeded database of its own. */
export interface Server {
  /** Where it answers. */
  baseUrl: string;
  /** The end of what it has printed. */
  log(): string;
  stop(): Promise<void>;
}

/** All that one worker tests against; nothing of it is shared, so that a worker may move its clock as it likes. */
export interface Stack {
  /** Where the server answers. */
  baseUrl: string;
  /** Where the REST interface of the mail catcher answers. */
  mailUrl: string;
  /** What the server's mails pass. */
  mailGate: MailGate;
  /** The end of what the server has printed. */
  serverLog(): string;
  stop(): Promise<void>;
}

export async function startStack(worker: number): Promise<Stack> {
  const [gatePort, smtpPort, mailPort] = [await freePort(), await freePort(), await freePort()];
  const mailUrl = `http://127.0.0.1:${mailPort}`;
  const mailGate = await MailGate.open(gatePort, smtpPort);
  const mail = Running.start(`mail-${worker}`, process.execPath, [
    path.join(root, "node_modules/maildev/dist/bin/maildev.js"),
    "--ip", "127.0.0.1", "--smtp", `${smtpPort}`,
    "--web-ip", "127.0.0.1", "--web", `${mailPort}`,
    "--hide-extensions", "STARTTLS",
    "--mail-directory", emptied(`mail-${worker}`),
  ], environment({}));
  const stopMail = async () => {
    mailGate.close();
    await mail.stop();
  };
  try {
    await mail.answering(`${mailUrl}/api/email`);
    const server = await startServer(`${worker}`, { SMTP_URL: `smtp://127.0.0.1:${gatePort}` });
    const stop = async () => {
      await server.stop();
      await stopMail();
    };
    return { baseUrl: server.baseUrl, mailUrl, mailGate, serverLog: server.log, stop };
  } catch (error) {
    await stopMail();
    throw error;
  }
}

/** A server as people run it while they develop: it has the /dev pages, and keeps its mails for one of them. */
export function startDevelopmentServer(worker: number): Promise<Server> {
  return startServer(`development_${worker}`, { DEVELOPMENT: "true", MAILBOX_DIR: emptied(`mailbox-${worker}`) });
}

async function startServer(name: string, own: Record<string, string>): Promise<Server> {
  const { binary, site } = serverUnderTest();
  const [port, metricsPort] = [await freePort(), await freePort()];
  const database = makeDatabase(`steward_browser_${name}`, template);
  // A secure cookie over plain HTTP is taken for `localhost` only.
  const baseUrl = `http://localhost:${port}`;
  const server = Running.start(`server-${name}`, binary, ["serve"], environment({
    DATABASE_URL: database.webUrl,
    LISTEN: `127.0.0.1:${port}`,
    METRICS_LISTEN: `127.0.0.1:${metricsPort}`,
    BASE_URL: baseUrl,
    SITE_ROOT: site,
    ...own,
  }));
  try {
    await server.answering(`http://127.0.0.1:${port}/readyz`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { baseUrl, log: () => server.printed(), stop: () => server.stop() };
}

/** A folder for mails. A worker that is started anew must not find its predecessor's. */
function emptied(name: string): string {
  const folder = path.join(results, name);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
