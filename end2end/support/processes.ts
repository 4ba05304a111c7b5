import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { results } from "./paths";

// Each worker has ports of its own to try, below those that systems give to whoever asks for any: between looking and listening
// nobody else takes one.
let nextPort = 20_000 + (Number(process.env["TEST_WORKER_INDEX"] ?? 0) % 100) * 100;

/** A port of the loopback address that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const port = nextPort++;
  return (await isFree(port)) ? port : freePort();
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    return false;
  }
  probe.close();
  await once(probe, "close");
  return true;
}

/** A program that runs while a worker does; what it prints goes to test-results/<name>.log. */
export class Running {
  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
    private readonly log: string,
  ) {}

  static start(name: string, program: string, words: string[], environment: NodeJS.ProcessEnv): Running {
    mkdirSync(results, { recursive: true });
    const log = path.join(results, `${name}.log`);
    const output = openSync(log, "a");
    const child = spawn(program, words, { env: environment, stdio: ["ignore", output, output] });
    closeSync(output);
    // A worker that is itself cut off must not leave its programs behind.
    process.once("exit", () => child.kill("SIGKILL"));
    return new Running(child, name, log);
  }

  /** Waits until `address` answers with success; fails as soon as the program has ended. */
  async answering(address: string, milliseconds = 30_000): Promise<this> {
    for (const deadline = Date.now() + milliseconds; Date.now() < deadline; await pause(50)) {
      if (this.child.exitCode !== null) throw new Error(`${this.name} ended with ${this.child.exitCode}:\n${this.printed()}`);
      const ready = await fetch(address).then((response) => response.ok, () => false);
      if (ready) return this;
    }
    throw new Error(`${this.name} does not answer at ${address}:\n${this.printed()}`);
  }

  printed(): string {
    return readFileSync(this.log, "utf8").slice(-4000);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const late = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(late);
  }
}
