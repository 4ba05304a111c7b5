import { rmSync } from "node:fs";
import path from "node:path";
import { makeDatabase } from "./database";
import { template } from "./global-setup";
import { results, root, serverUnderTest } from "./paths";
import { freePort, Running } from "./processes";
import { environment } from "./settings";

/** All that one worker tests against; nothing of it is shared, so that a worker may move its clock as it likes. */
export interface Stack {
  /** Where the server answers. */
  baseUrl: string;
  /** Where the REST interface of the mail catcher answers. */
  mailUrl: string;
  /** The end of what the server has printed. */
  serverLog(): string;
  stop(): Promise<void>;
}

export async function startStack(worker: number): Promise<Stack> {
  const { binary, site } = serverUnderTest();
  const [port, metricsPort, smtpPort, mailPort] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const database = makeDatabase(`steward_browser_${worker}`, template);
  // A secure cookie over plain HTTP is taken for `localhost` only.
  const baseUrl = `http://localhost:${port}`;
  const mailUrl = `http://127.0.0.1:${mailPort}`;

  // A worker that is started anew must not find its predecessor's mails.
  const mailFolder = path.join(results, `mail-${worker}`);
  rmSync(mailFolder, { recursive: true, force: true });
  const mail = Running.start(`mail-${worker}`, process.execPath, [
    path.join(root, "node_modules/maildev/dist/bin/maildev.js"),
    "--ip", "127.0.0.1", "--smtp", `${smtpPort}`,
    "--web-ip", "127.0.0.1", "--web", `${mailPort}`,
    "--hide-extensions", "STARTTLS",
    "--mail-directory", mailFolder,
  ], environment({}));
  const server = Running.start(`server-${worker}`, binary, ["serve"], environment({
    DATABASE_URL: database.webUrl,
    LISTEN: `127.0.0.1:${port}`,
    METRICS_LISTEN: `127.0.0.1:${metricsPort}`,
    BASE_URL: baseUrl,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    SITE_ROOT: site,
  }));

  const stop = async () => {
    await server.stop();
    await mail.stop();
  };
  try {
    await mail.answering(`${mailUrl}/api/email`);
    await server.answering(`http://127.0.0.1:${port}/readyz`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { baseUrl, mailUrl, serverLog: () => server.printed(), stop };
}
