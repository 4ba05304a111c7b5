import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Stands before the mail catcher and lets every mail through, but for receivers whom a test makes it refuse. */
export class MailGate {
  private readonly refusals = new Map<string, string>();
  private readonly refused: string[] = [];
  private readonly server: Server;

  private constructor(private readonly catcherPort: number) {
    this.server = createServer((client) => this.serve(client));
  }

  static async open(port: number, catcherPort: number): Promise<MailGate> {
    const gate = new MailGate(catcherPort);
    gate.server.listen(port, "127.0.0.1");
    await once(gate.server, "listening");
    return gate;
  }

  /** From now on mails to `address` are answered with this line (RFC 5321, 4.2: `5xx` for ever, `4xx` for now). */
  refuse(address: string, answer: string): void {
    this.refusals.set(address.toLowerCase(), answer);
  }

  letThrough(address: string): void {
    this.refusals.delete(address.toLowerCase());
  }

  /** How many mails to `address` were refused so far. */
  refusedTo(address: string): number {
    return this.refused.filter((refused) => refused === address.toLowerCase()).length;
  }

  close(): void {
    this.server.close();
  }

  private serve(client: Socket): void {
    const catcher = connect(this.catcherPort, "127.0.0.1");
    for (const [one, other] of [[client, catcher], [catcher, client]] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
    catcher.pipe(client);
    let unfinished = "";
    client.setEncoding("latin1").on("data", (text: string) => {
      const lines = (unfinished + text).split("\r\n");
      unfinished = lines.pop() ?? "";
      for (const line of lines) {
        const refusal = this.refusalOf(line);
        if (refusal) client.write(`${refusal}\r\n`);
        else catcher.write(`${line}\r\n`, "latin1");
      }
    });
  }

  private refusalOf(line: string): string | undefined {
    const receiver = /^RCPT TO:<([^>]+)>/i.exec(line)?.[1]?.toLowerCase();
    const refusal = receiver && this.refusals.get(receiver);
    if (!receiver || !refusal) return undefined;
    this.refused.push(receiver);
    return refusal;
  }
}
